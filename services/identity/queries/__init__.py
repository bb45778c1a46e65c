"""What can be asked of identity: plain SELECTs on a connection that only reads."""

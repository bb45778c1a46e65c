"""What can be asked of delegation: plain SELECTs on a connection that only reads."""

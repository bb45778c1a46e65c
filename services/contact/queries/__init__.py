"""What can be asked of contact: plain SELECTs."""

"""What operators can ask: plain SELECTs."""

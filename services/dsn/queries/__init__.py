"""What can be asked: plain SELECTs, and months judged on the spot."""

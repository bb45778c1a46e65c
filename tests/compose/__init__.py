"""The real compose file on a real engine."""

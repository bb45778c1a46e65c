"""What several use cases do alike, with the unit of work."""

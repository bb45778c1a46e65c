"""What several use cases of delegation do alike, with the unit of work that they were given."""

"""What several use cases of identity do alike, with the unit of work that they were given."""

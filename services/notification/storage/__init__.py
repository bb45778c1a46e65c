"""The table, and what changes it."""

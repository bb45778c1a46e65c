"""The delegation service over HTTP and the bus, on SQLite and on PostgreSQL."""

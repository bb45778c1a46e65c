"""The tables of the dsn service and what reads and writes them, in sets."""

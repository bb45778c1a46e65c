"""The whole system in one process: SQLite files, the embedded bus, mail and SMS as files. `python -m embedded`."""

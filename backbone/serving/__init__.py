"""A service as processes: the worker, the management port, logs. The ways in are at the root (`__main__`, `wsgi`)."""

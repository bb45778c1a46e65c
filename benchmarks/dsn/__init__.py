"""How fast dsn reads, imports, sweeps and counts, next to a bare slicing loop and to bare SQL, in one run.

`python -m benchmarks.dsn` starts its own PostgreSQL and prints a table; `--scale 0.01` is a trial of half a minute.
"""

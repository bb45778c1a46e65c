"""How fast the bus is through the real backbone, next to the bare limit and to other frameworks, in one run.

`python -m benchmarks` starts its own PostgreSQL and RabbitMQ, measures, and writes docs/performance.md with a plot.
`python -m benchmarks.dsn` measures how dsn reads, imports, sweeps and counts.
"""

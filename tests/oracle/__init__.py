"""What the alerts of many sites must be, day by day, by a model of its own: scenarios that know their end.

No evaluator is asked: nothing here imports the domain of dsn. `world` makes sites and the facts of their months,
`scenarios` says of each what is alive when, `run` tells all of it through a real bus to real processes, some of which
die, and compares.
"""

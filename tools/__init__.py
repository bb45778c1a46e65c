"""Commands for operators and developers, run with python -m."""

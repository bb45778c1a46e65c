"""How long the owner of an account can look back at what was done with it, and how much at a time."""

from datetime import timedelta

KEPT = timedelta(days=365)
SHOWN, MOST_SHOWN = 25, 100

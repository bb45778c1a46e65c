"""The soak: commands by HTTP while everything goes wrong at once, by a seed; then the books.

APIs, workers, broker and database are killed; poison of every kind comes by the bus and lies in the outbox; consumers
die with their prefetch in hand; one machine's clock is an hour ahead, later two behind; the lines to broker and
database are cut, die without a word, and drip. `python -m tests.bus.soak` is the long one, a short one is a test.
"""

from tests.bus.soak.run import Soak

__all__ = ["Soak"]

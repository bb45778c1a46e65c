"""What is refused to who asks for new bank details (G78); beside `refusals.py`, which is long enough."""

from backbone.errors import Conflict
from contracts.words.messages import NOT_OPEN


class BankRequestClosedRefused(Conflict):
    """A request for new bank details that is not open opens nothing; one that is over is not cancelled (G78)."""

    slug, detail = NOT_OPEN.slug, NOT_OPEN.sentence

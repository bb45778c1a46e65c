"""Whether a browser is one that the owner of an account uses (ASVS 6.3.5).

It is known by a token that the gateway left in it. One that has lost its cookies, or keeps none, is known by its words
and its network, where its owner logged in before: else who empties his browser each evening would be warned each day,
and read the warning no more. Before the first login that we know of, nothing is unfamiliar.
"""

from datetime import timedelta

KEPT = timedelta(days=365)  # unused for so long, a browser is new again


def is_unfamiliar(*, carries_known: bool, logged_in_before: bool, logged_in_here: bool) -> bool:
    """Whether the owner is to be told: neither the browser's token nor its place is one of an earlier login."""
    return logged_in_before and not (carries_known or logged_in_here)

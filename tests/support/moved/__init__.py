"""A process whose clock is wrong: what to add to its environment. Nothing in the product knows of it.

Python imports `sitecustomize` from its path at each start: ours, which no image holds, moves what the one reader of the
machine's clock answers (a house test holds that there is no other).
"""

from collections.abc import Mapping
from pathlib import Path

from tests.support.processes import ROOT

SITE = Path(__file__).parent / "site"


def moved(seconds: float) -> Mapping[str, str]:
    """The environment of a process whose clock is `seconds` ahead (behind, below zero)."""
    if not seconds:
        return {}
    return {"PYTHONPATH": f"{SITE}:{ROOT}", "MOVED_CLOCK": str(seconds)}

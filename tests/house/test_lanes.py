"""What a sign of life speaks of never stands behind it in the slow lane (decisions 17 and 31)."""

import pytest

from backbone.rights.authority import Authority
from contracts import REGISTRY
from contracts.events.authority import ACCESS, SESSIONS

SAID_AGAIN = (".stated.v1", "_state.announced.v1")  # whole, in its order, after a restore


@pytest.mark.parametrize("authority", [ACCESS, SESSIONS], ids=lambda one: one.owner)
def test_what_decides_is_urgent_whatever_made_it(authority: Authority) -> None:
    cards = [REGISTRY.cards[type] for type in authority.decides if not type.endswith(SAID_AGAIN)]
    assert cards and all(card.urgent for card in cards), "a right that an import takes would be believed meanwhile."


def test_what_is_said_again_comes_in_one_lane() -> None:
    cards = [card for card in REGISTRY.cards.values() if card.type.endswith(SAID_AGAIN)]
    assert cards and not any(card.urgent for card in cards), "its end would overtake what it counts."

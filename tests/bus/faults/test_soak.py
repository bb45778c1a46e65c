"""The short soak: more than a thousand commands while everything goes wrong at once (the long one is `make soak`)."""

from collections.abc import Iterator

import pytest

from tests.bus.soak import Soak
from tests.bus.soak.ground import Ground

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture
def ground(postgres, rabbitmq, zygote, tmp_path) -> Iterator[Ground]:
    """The stage of the soak; what still runs at the end is ended."""
    ground = Ground(postgres, rabbitmq, zygote, tmp_path)
    yield ground
    ground.close()


def test_of_kills_poison_deaths_a_wrong_clock_and_bad_lines_none_hurts_a_neighbour(ground):
    soak = Soak(ground, commands=1000, kills=15, seed=20261126, spread=20, pace=0.25, start_pause=1.0)
    books = soak.run()
    ground.ledger.enough(kills=15, operations=1000)
    assert soak.done["kill broker"] and soak.done["kill database"]
    assert books.clean, str(books)

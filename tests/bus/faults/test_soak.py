"""The short soak: some thousand commands while everything is killed at random (the long one is `make soak`)."""

import pytest

from tests.bus.soak import Soak

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(600)]


def test_random_kills_of_everything_lose_and_double_nothing(stage):
    soak = Soak(stage, commands=1500, kills=25, seed=20261123)
    verdict = soak.run()
    stage.ledger.enough(kills=25, operations=1500)
    assert soak.killed["broker"] and soak.killed["database"]
    assert verdict.clean, str(verdict)

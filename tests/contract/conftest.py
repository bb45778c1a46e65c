"""Each event's card, and each event with each of its consumers."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.events.cards import EventCard
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY
from contracts.examples import ACCOUNT_ID
from tests.contract.freezing import copies
from tests.support import services

CARDS = sorted(REGISTRY.cards.values(), key=lambda card: card.type)
HEARD = [
    (card, place, name)
    for card in CARDS
    for place in range(len(copies(card)))
    for name in card.consumers
    if name in services.present()
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a card, or one a frozen copy of a card and consumer."""
    if "consumer" in metafunc.fixturenames:
        ids = [f"{name} hears {card.type} {place + 1}" for card, place, name in HEARD]
        metafunc.parametrize(("card", "place", "consumer"), HEARD, ids=ids)
    elif "card" in metafunc.fixturenames:
        metafunc.parametrize("card", CARDS, ids=[card.type for card in CARDS])


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ServiceUnderTest]]:
    """Gives a service by its name, the same one for all events: an id repeats, as on the bus."""
    made: dict[str, ServiceUnderTest] = {}

    def give(name: str) -> ServiceUnderTest:
        if name not in made:
            made[name] = services.build(name, tmp_path_factory.mktemp(name))
            _introduce(made[name])
        return made[name]

    yield give
    for one in made.values():
        one.close()


@pytest.fixture
def under(card: EventCard, consumer: str, built: Callable[[str], ServiceUnderTest]) -> ServiceUnderTest:
    """The consumer of this test."""
    return built(consumer)


def _introduce(service: ServiceUnderTest) -> None:
    """identity knows the account of the examples: it made it, or the events could not name it."""
    if service.service.name == "identity":
        known = {"account_id": UUID(ACCOUNT_ID), "email": "comptable@example.com", "email_key": "comptable@example.com"}
        rest = {"status": "invite", "newsletter": False, "version": 1, "created_at": services.NOW}
        with service.engine.begin() as connection:
            connection.execute(sa.insert(service.service.metadata.tables["accounts"]).values({**known, **rest}))

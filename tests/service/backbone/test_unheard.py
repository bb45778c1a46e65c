"""A new event comes to the version before too, which parks it; this version hears it without an operator."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.events.cards import Event, Registry
from backbone.ids import new_id
from backbone.messaging import inbox
from backbone.messaging.listening import Listening
from backbone.messaging.retrying import Retrying
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.messaging.waiting import NotYet
from backbone.ports import Wiring
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED, NOTES


def of_the_version_before(under: ServiceUnderTest, registry: Registry) -> Listening:
    """A version that does not listen to a note; with an empty registry it does not even know it."""
    listens: Mapping[str, Any] = {type: by for type, by in under.service.listens.items() if type != NOTED.type}
    return Listening(registry, listens, under.service.wiring)


def arrives(under: ServiceUnderTest, listening: Listening, **changed: Any) -> None:
    delivery = under.delivery(NOTED, {"note_id": new_id(), "text": "nouveau"})
    delivery = delivery._replace(headers={**delivery.headers, **changed.get("headers", {})})
    with under.unit() as uow:
        listening.apply([listening.read(delivery)], uow)
        uow.commit()


def notes(under: ServiceUnderTest) -> list[str]:
    with under.engine.connect() as connection:
        return list(connection.execute(sa.select(NOTES.c.text)).scalars())


def tried(under: ServiceUnderTest) -> dict[str, int]:
    """What waits and what is parked, after a round of retries by this version."""
    Retrying(Listening(under.service.registry, under.service.listens, under.service.wiring), under.unit).round()
    with under.engine.connect() as connection:
        return inbox.counts(connection)


@pytest.mark.parametrize("known", [True, False])
def test_what_the_version_before_parked_is_heard_by_this_one(under: ServiceUnderTest, known: bool) -> None:
    registry = under.service.registry if known else Registry.of([])
    arrives(under, of_the_version_before(under, registry))
    assert (tried(under), notes(under)) == ({"retrying": 0, "parked": 1}, [])
    under.run_job("hear_at_last")
    assert (tried(under), notes(under)) == ({"retrying": 0, "parked": 0}, ["nouveau"])


def test_it_may_wait_for_what_it_needs_as_long_as_one_that_just_came(under: ServiceUnderTest) -> None:
    """An end of an announcement, say, that the version before parked hours ago."""

    def not_yet(event: Event, *, uow: UnitOfWork) -> None:
        raise NotYet

    arrives(under, of_the_version_before(under, under.service.registry))
    under.clock.advance(timedelta(hours=3))
    under.run_job("hear_at_last")
    now = Retrying(Listening(under.service.registry, {NOTED.type: not_yet}, Wiring()), under.unit)
    assert now.round().failed == 1
    with under.unit() as uow:
        assert inbox.counts(uow.connection) == {"retrying": 1, "parked": 0}


def test_what_nobody_here_listens_to_stays_parked(under: ServiceUnderTest) -> None:
    arrives(under, of_the_version_before(under, Registry.of([])), headers={"ce-type": "of.tomorrow.v1"})
    under.run_job("hear_at_last")
    assert tried(under) == {"retrying": 0, "parked": 1}


def test_what_is_parked_for_another_reason_stays_so(under: ServiceUnderTest) -> None:
    arrives(under, of_the_version_before(under, under.service.registry), headers={"ce-source": "autre"})
    under.run_job("hear_at_last")
    assert tried(under) == {"retrying": 0, "parked": 1}

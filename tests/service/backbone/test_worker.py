"""The threads of a worker wait for what concerns them, and are woken by it."""

import secrets
from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.bus import make_bus
from backbone.bus.port import Topology
from backbone.ids import new_id
from backbone.messaging import inbox
from backbone.serving import worker
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED, REGISTRY
from tests.support.ports import eventually


def attempts(under: ServiceUnderTest) -> int:
    with under.engine.connect() as connection:
        return connection.execute(sa.select(inbox.table().c.attempts)).scalar() or 0


def test_fa14_who_failed_an_event_tries_it_again_when_it_is_due(
    under: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RETRY_POLL", 600.0)  # as if it never looked by itself
    bus = make_bus(f"embedded:{secrets.token_hex(4)}", "sample", Topology.of(REGISTRY))
    running = worker.Worker(under.service, bus)
    running.start()
    try:
        with under.unit() as uow:
            uow.record(NOTED, sequence=1, data={"note_id": new_id(), "text": "boom"})
            uow.commit()
        eventually(lambda: attempts(under) == 1, what="the event did not fail")
        under.clock.advance(timedelta(seconds=2))
        eventually(lambda: attempts(under) == 2, what="it was not tried again")
    finally:
        assert running.stop(10)
        bus.close()

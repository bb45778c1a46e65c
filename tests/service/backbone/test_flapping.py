"""A line that comes and goes costs a short pause each time, and who waits outside is not called dead."""

import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.bus import Topology, make_bus
from backbone.bus.port import CLOSED, Message, Publisher
from backbone.ids import new_id
from backbone.messaging import outbox
from backbone.serving import worker
from backbone.shape.jobs import Job
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED, REGISTRY
from tests.support.ports import eventually, patience

FLAPS = 7


class Flapping:
    """A real bus on whose line every other batch of events is lost."""

    def __init__(self, bus: Any) -> None:
        self._bus, self._batches = bus, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bus, name)

    def publisher(self) -> Publisher:
        real = self._bus.publisher()
        flapping = self

        class Losing:
            close, wait = staticmethod(real.close), staticmethod(real.wait)

            @staticmethod
            def publish(messages: Sequence[Message], timeout: float) -> dict[UUID, str]:
                flapping._batches += 1
                if flapping._batches % 2:
                    return dict.fromkeys((one.id for one in messages), CLOSED)
                return dict(real.publish(messages, timeout))

        return Losing()


@contextmanager
def running(service: Any, flapping: bool = False) -> Iterator[worker.Worker]:
    bus = make_bus(f"embedded:{secrets.token_hex(4)}", "sample", Topology.of(REGISTRY))
    one = worker.Worker(service, Flapping(bus) if flapping else bus)  # type: ignore[arg-type]
    one.start()
    try:
        yield one
    finally:
        assert one.stop(20)
        bus.close()


def unsent(under: ServiceUnderTest) -> int:
    with under.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(outbox.table())).scalar_one())


def test_a_line_that_comes_and_goes_costs_a_short_pause_each_time(under: ServiceUnderTest) -> None:
    begun = time.monotonic()
    with running(under.service, flapping=True):
        for _ in range(FLAPS):
            with under.unit() as uow:
                uow.record(NOTED, sequence=1, data={"note_id": new_id(), "text": "hello"})
                uow.commit()
            eventually(lambda: not unsent(under), limit=15, what="the relay pauses")
        assert time.monotonic() - begun < FLAPS * patience()


def test_who_waits_for_what_is_outside_is_alive(under: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    began, released = threading.Event(), threading.Event()

    def wait_outside() -> int:
        began.set()
        return int(released.wait(60))

    jobs = {"wait_outside": Job(timedelta(seconds=1), wait_outside, leader=False)}
    with running(replace(under.service, jobs=jobs)) as one:
        assert began.wait(20)
        real = time.monotonic
        monkeypatch.setattr(time, "monotonic", lambda: real() + 3600)
        assert one.alive()
        monkeypatch.undo()
        released.set()

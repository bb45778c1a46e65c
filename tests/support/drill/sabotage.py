"""The red twins: each takes one safeguard out of the real code, so that a fault test must turn red with it."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from backbone.bus.port import CLOSED, Message
from backbone.bus.rabbitmq import link
from backbone.bus.rabbitmq import publisher as publishing
from backbone.messaging import inbox
from backbone.messaging.listening import Read
from backbone.serving import worker
from backbone.serving.worker import Worker
from tests.support.ports import eventually

ACKNOWLEDGED = "acknowledged"  # the file by which the test says it


def confirms_off() -> None:
    """Take an event for sent once it was handed to the connection."""

    def publish(self: Any, messages: Sequence[Message], timeout: float) -> dict[UUID, str]:
        batch = publishing.Batch(messages)
        batch.given_up = True
        self.link.usable.wait(timeout)
        sent = self.link.usable.is_set() and self.link.post(lambda: self._send(batch))
        return {} if sent else {message.id: CLOSED for message in messages}

    publishing.RabbitPublisher.publish = publish


def inbox_off() -> None:
    """Take every event for new."""
    real = inbox.insert_new

    def insert_new(connection: Any, received: Mapping[inbox.Key, inbox.Named], now: Any) -> set[inbox.Key]:
        real(connection, received, now)
        return set(received)

    inbox.insert_new = insert_new


def ack_before_commit() -> None:
    """Acknowledge as soon as something was received, and handle it once the test has seen that the broker knows."""
    real, known = Worker._take, Path(os.environ["DRILL_FOLDER"]) / ACKNOWLEDGED

    def take(self: Any, subscriber: Any, received: Sequence[Read]) -> None:
        subscriber.acknowledge([delivery for delivery, _ in received])
        eventually(known.exists, limit=60, what="nobody saw the acknowledgement")
        real(self, _Deaf(), received)

    Worker._take = take


class _Deaf:
    def acknowledge(self, deliveries: Any) -> None:
        """It was done before."""


def pause_after_publish() -> None:
    """Not a sabotage: hold the relay between the confirm and the deletion, to be killed there."""
    real = publishing.RabbitPublisher.publish

    def publish(self: Any, messages: Sequence[Message], timeout: float) -> dict[UUID, str]:
        missing = real(self, messages, timeout)
        mark = Path(os.environ["DRILL_FOLDER"]) / f"published.{os.getpid()}"
        mark.touch()
        time.sleep(30)
        return missing

    publishing.RabbitPublisher.publish = publish


TWINS: dict[str, Callable[[], None]] = {
    "confirms": confirms_off,
    "inbox": inbox_off,
    "ack": ack_before_commit,
    "pause": pause_after_publish,
}


def apply() -> None:
    """Do what DRILL_SABOTAGE names (comma separated). DRILL_HEARTBEAT and DRILL_START_PAUSE shorten, in seconds, the
    heartbeat and how long what was tried before waits after a start."""
    link.HEARTBEAT = int(os.environ.get("DRILL_HEARTBEAT", link.HEARTBEAT))
    worker.START_PAUSE = float(os.environ.get("DRILL_START_PAUSE", worker.START_PAUSE))
    for name in filter(None, os.environ.get("DRILL_SABOTAGE", "").split(",")):
        TWINS[name]()

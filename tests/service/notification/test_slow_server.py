"""A mail server that answers one byte at a time holds the message it does it to, and no other (decision 27)."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from backbone.bus import Topology, make_bus
from backbone.serving.worker import Worker
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY
from tests.service.notification.mail import invite, rows, statuses
from tests.support.ports import eventually
from tests.support.smtp import SmtpSink

Make = Callable[..., ServiceUnderTest]
OTHERS = 20


@contextmanager
def worker(under: ServiceUnderTest, sink: SmtpSink) -> Iterator[Worker]:
    """The real worker of the service, on the bus of this process."""
    bus = make_bus(f"embedded:{secrets.token_hex(4)}", "notification", Topology.of(REGISTRY))
    running = Worker(under.service, bus)
    running.start()
    try:
        yield running
    finally:
        sink.drips_for.clear()
        assert running.stop(20)
        bus.close()


def order(under: ServiceUnderTest, *slow: str) -> None:
    """Mails to the `slow` first, then to the others."""
    for address in slow:
        invite(under, email=address)
    for number in range(OTHERS):
        invite(under, email=f"a{number}@example.com")


def test_a_slow_recipient_domain_holds_its_own_mails_alone(make: Make, sink: SmtpSink) -> None:
    under = make(message_seconds=60.0)
    sink.drips_for.add("slow.example")
    order(under, *(f"b{number}@slow.example" for number in range(6)))
    with worker(under, sink) as running:
        eventually(
            lambda: len(sink.recipients) == OTHERS, limit=20, what="the others wait", state=lambda: str(statuses(under))
        )
        assert running.alive()
        held = ["en_cours"] * 3  # one sender is kept for the others
        eventually(lambda: statuses(under) == [*held, *["a_envoyer"] * 3, *["envoye"] * OTHERS])


def test_a_slow_connection_holds_one_mail(make: Make, sink: SmtpSink) -> None:
    under = make(message_seconds=60.0)
    sink.drips_for.add(1)
    order(under)
    with worker(under, sink):
        held = ["en_cours"]
        eventually(lambda: sorted(statuses(under)) == held + ["envoye"] * (OTHERS - 1), 20, what="the others wait")


def test_what_took_too_long_is_hung_up_waits_and_leaves_when_the_server_is_well(make: Make, sink: SmtpSink) -> None:
    under = make(message_seconds=1.0)
    sink.drips_for.add("slow.example")
    invite(under, email="b@slow.example")
    with worker(under, sink):
        eventually(lambda: rows(under)[0].reason == "pas terminé en 1 s", limit=20, what="it is still waited for")
        assert statuses(under) == ["a_envoyer"]
        sink.drips_for.clear()
        under.clock.advance(rows(under)[0].next_attempt_at - under.clock.now())
        eventually(lambda: sink.recipients == ["b@slow.example"], limit=20, what="it was given up for good")

"""Every way in judges alike, and what the broker refuses holds nobody up: real processes, broker and database."""

import json
from datetime import timedelta

import pytest

from backbone.bus import Message
from backbone.clock import SystemClock
from backbone.ids import new_id
from backbone.messaging import outbox
from tests.bus.faults.test_bad_events import event, publish, replay
from tests.support.ports import eventually
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]
REASONS = "SELECT error FROM inbox WHERE parked_at IS NOT NULL"


def changed(one: Message, body: bytes | None = None, **headers: str) -> Message:
    """The same event with other headers (`ce_time` is ce-time), or another body."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Message(one.id, one.type, {**one.headers, **told}, one.body if body is None else body)


def reasons(stage: Stage) -> list[str]:
    """The first word of why each event is parked."""
    return sorted(error.partition(":")[0] for (error,) in stage.ask("taker", REASONS))


def beyond() -> list[Message]:
    """One event beyond each bound of the bus, and one older than the inbox remembers."""
    large, many, version, old = (event(f"bad{n}") for n in range(4))
    month = SystemClock().now() - timedelta(days=31)
    padded = large.body[:-1] + b',"more":"' + b"x" * 300_000 + b'"}'
    return [
        changed(large, padded),
        changed(many, **{f"h{n}": "x" for n in range(65)}),
        changed(version, ce_specversion="2.0"),
        changed(old, ce_time=month.isoformat()),
    ]


def test_what_is_beyond_the_bounds_or_too_old_is_parked_and_its_neighbours_are_applied(stage: Stage) -> None:
    stage.worker("taker")
    publish(stage, [*(event(f"m{n}") for n in range(10)), *beyond(), *(event(f"m{n}") for n in range(10, 20))])
    for n in range(20):
        stage.ledger.settle(f"m{n}", "ok")
    verdict = stage.verdict(expected_parked=4)
    assert verdict.clean, str(verdict)
    assert reasons(stage) == ["too_large", "too_many_headers", "too_old", "wrong_specversion"]
    assert replay(stage) == "4 to replay"  # and judged as they were: no other door
    eventually(lambda: len(reasons(stage)) == 4, state=stage.state)
    assert len(stage.effects()) == 20


def test_the_first_of_an_id_stays_and_a_line_says_so_while_its_body_is_kept(stage: Stage) -> None:
    first, kept, other = event("m1"), event("poison1"), event("m2")
    publish(stage, [first, changed(first, other.body), kept])
    worker = stage.worker("taker")
    eventually(lambda: stage.parked() == 1, limit=20, state=stage.state)
    publish(stage, [changed(first, other.body), changed(kept, other.body), event("m4")])
    for marker in ("m1", "m4"):
        stage.ledger.settle(marker, "ok")
    verdict = stage.verdict(expected_parked=1)
    assert verdict.clean, str(verdict)
    told = [json.loads(line) for line in worker.tail().splitlines() if "event_contradicted" in line]
    assert str(kept.id) in {one["event_id"] for one in told}


def test_what_is_refused_for_what_it_is_stays_refused_and_blocks_no_retry(stage: Stage) -> None:
    stage.worker("taker")
    strange = changed(event("bad"), ce_source="somebody-else")
    publish(stage, [strange, event("poison1"), event("m1")])
    eventually(lambda: stage.parked() == 2, limit=20, state=stage.state)
    (stage.folder / "antidote").touch()
    assert replay(stage) == "2 to replay"
    for marker in ("m1", "poison1"):
        stage.ledger.settle(marker, "ok")
    verdict = stage.verdict(expected_parked=1)
    assert verdict.clean, str(verdict)
    assert reasons(stage) == ["wrong_source"]


def test_a_row_that_cannot_be_framed_is_put_aside_after_its_tries_and_the_others_leave_at_once(stage: Stage) -> None:
    stage.worker("taker")
    with stage.unit("maker") as uow:
        good = event("bad")
        headers = {**good.headers, "h" * 300: "x"}  # a name of more than 255 bytes has no place in a table
        outbox.write(uow.connection, [outbox.Row(new_id(), good.type, headers, good.body.decode(), uow.now)])
        uow.commit()
    stage.write(f"m{n}" for n in range(50))
    stage.worker("maker")
    eventually(lambda: len(stage.effects()) == 50, limit=10, state=stage.state)
    assert stage.count("maker", "outbox_parked") == 0  # it has its tries, while the others have arrived
    eventually(lambda: stage.count("maker", "outbox_parked") == 1, limit=60, state=stage.state)
    ((error, attempts),) = stage.ask("maker", "SELECT error, attempts FROM outbox_parked")
    assert (error.partition(":")[0], attempts) == ("unframed", 5)
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)

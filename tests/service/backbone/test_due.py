"""What is due further away than its kind is ever put off was dated by a clock that was wrong: it is due now."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from backbone.messaging import inbox, outbox
from backbone.messaging.relay import Relay
from backbone.shape.aside import Rows, in_batches
from backbone.store.tables import APART
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED
from tests.service.backbone.test_inbox import noted, retry

HOURS = timedelta(hours=2)
AT_ONCE = timedelta(0)


class Taking:
    """A bus that takes everything."""

    def publish(self, messages, timeout):
        return {}


def put_off(under: ServiceUnderTest, table: sa.Table, by: timedelta, **also: object) -> None:
    with under.engine.begin() as connection:
        connection.execute(sa.update(table).values(next_attempt_at=under.clock.now() + by, **also))


@pytest.mark.parametrize(("by", "tried"), [(HOURS, 1), (timedelta(minutes=17), 0), (timedelta(seconds=5), 0)])
def test_a_retry(under: ServiceUnderTest, by: timedelta, tried: int) -> None:
    under.take([noted(under, "boom")])
    put_off(under, inbox.table(), by)
    assert retry(under).failed == tried  # type: ignore[attr-defined]


@pytest.mark.parametrize(("by", "left"), [(HOURS, 1), (timedelta(seconds=70), 0), (AT_ONCE, 1)])
def test_an_event_on_its_way_out(under: ServiceUnderTest, by: timedelta, left: int) -> None:
    with under.unit() as uow:
        uow.record(NOTED, sequence=1, data={"note_id": new_id(), "text": "sort"})
        uow.commit()
    put_off(under, outbox.table(), by, attempts=3)
    assert Relay(under.engine, Taking(), under.clock).step()[0] == left  # type: ignore[arg-type]


@pytest.mark.parametrize(("by", "done"), [(HOURS, 1), (timedelta(minutes=59), 0)])
def test_a_row_that_a_job_has_set_aside(under: ServiceUnderTest, by: timedelta, done: int) -> None:
    row = new_id()
    name = {"name": f"do_things:{row}", "due_at": under.clock.now() + by, "done": 1, "error": "x"}
    with under.engine.begin() as connection:
        connection.execute(sa.insert(APART.job_runs).values(name))
    left = [row]
    rows = Rows(
        "do_things",
        lambda uow, limit, beside: [one for one in left if one not in beside][:limit],
        lambda taken, uow: len([left.remove(one) for one in taken]),
        lambda one: one,
    )
    assert in_batches(rows, units=under.unit, batch=8) == done


def test_no_right_clock_puts_off_for_longer() -> None:
    assert max(inbox._delay(tried, 1.0) for tried in range(1, 200)) <= inbox._LONGEST

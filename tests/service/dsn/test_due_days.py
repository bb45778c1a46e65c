"""The due day of a month is the one in force for it: a change rewrites no month before (docs/dsn.md, « Due dates »)."""

from datetime import UTC, datetime
from itertools import permutations

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from services.dsn.storage.tables import site
from tests.service.dsn.system import ACCOUNT, SIRET


def due(dsn, site_id):
    """The due day of each month on the Suivi DSN, the oldest first."""
    months = dsn.get(f"/v1/sites/{site_id}/suivi?page_size=50", as_=ACCOUNT).json["items"]
    return [one["due_at"][8:10] for one in reversed(months)]


def say(dsn, ids, sequence, at, due_day):
    """The referential says the due day of the site, at an instant (UTC)."""
    dsn.clock.set(datetime.fromisoformat(at).replace(tzinfo=UTC))
    one = {"site_id": ids[1], "siret": SIRET, "nom": "Siège", "due_day": due_day}
    dsn.referential([{**one, "first_period": "2026-07", "last_period": None}], adherent_id=ids[0], sequence=sequence)


STATES = [(1, "2026-08-10", 15), (2, "2026-10-10", 5), (3, "2026-11-12", 20)]
DAYS = ["17", "15", "15", "05", "21"]  # July and August to October by what was said then, November by the last


@pytest.mark.parametrize("order", list(permutations(STATES)), ids=lambda order: "".join(str(one[0]) for one in order))
def test_a_change_of_due_day_rewrites_no_past_month_whatever_order_its_states_come_in(dsn, order):
    ids = new_id(), new_id()
    for sequence, at, due_day in order:
        say(dsn, ids, sequence, at, due_day)
    dsn.at("2026-11-23")
    dsn.grant(ids[1])
    assert due(dsn, ids[1]) == DAYS


def test_a_state_that_changes_no_due_day_writes_no_history(dsn):
    ids = new_id(), new_id()
    for sequence in (1, 2, 3):
        say(dsn, ids, sequence, f"2026-10-1{sequence}", 15)
    assert [len(days) for (days,) in dsn.rows(sa.select(site.c.due_days))] == [1]


def test_what_the_version_before_wrote_without_a_history_holds_for_every_month(dsn):
    ids = new_id(), new_id()
    for one in STATES:
        say(dsn, ids, *one)
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(due_day=15))
    dsn.at("2026-11-23")
    dsn.grant(ids[1])
    assert due(dsn, ids[1]) == ["17", "15", "15", "16", "15"]

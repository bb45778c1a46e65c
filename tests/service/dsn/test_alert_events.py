"""dsn says what becomes of alerts: one event for each change, and who replays them has the table (decision 45)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.events.cards import Event
from backbone.events.lanes import Lane
from backbone.ids import new_id
from backbone.messaging import announcing, outbox
from services.dsn.storage.tables import UNTOLD, alert, alert_event, site
from tests.service.dsn.system import ACCOUNT, SIRET, Dsn
from tests.support.statements import statements
from tools.dsn_synth import crm
from tools.dsn_synth.identifiers import siret
from tools.dsn_synth.monthly import Monthly, render, rubrics

TOLD = ("alert.opened.v1", "alert.changed.v1", "alert.resolved.v1", "alert.stated.v1")
COLUMNS = ("status", "reason", "rule", "reopened_count", "resolution", "raised_at", "ended_at", "correction_by")


def told(dsn: Dsn) -> list[Event]:
    """What was said of alerts."""
    return [one for one in dsn.recorded() if one.type in TOLD]


def short(events: Sequence[Event]) -> list[tuple[Any, ...]]:
    """Each event in a few words."""
    words = ("periode", "kind", "change", "quiet")
    return [(one.type.split(".")[1], *(one.data[name] for name in words)) for one in events]


def answered(dsn: Dsn, one: Monthly, code: int | None, day: str) -> None:
    """The caisse answers a declaration."""
    sent = dsn.send(crm.render([crm.crm(one, code, datetime.fromisoformat(day).replace(tzinfo=UTC))]))
    assert sent.status == 200 and sent.json["totals"]["OK"] == 1, sent.json


def declared(dsn: Dsn, period: str, day: str, **options: Any) -> Monthly:
    """The site's declaration of a month comes, deposited on that day."""
    one = Monthly(siret=SIRET, period=period, deposited_at=datetime.fromisoformat(day), **options)
    assert dsn.send(render(rubrics(one))).status == 200
    return one


def replayed(events: Sequence[Event]) -> dict[UUID, Any]:
    """What whoever keeps the newest of each alert has."""
    found: dict[UUID, Event] = {}
    for one in events:
        former = found.get(one.data["alert_id"])
        if former is None or former.sequence < one.sequence:
            found[one.data["alert_id"]] = one
    return {key: [one.sequence, *(one.data[name] for name in COLUMNS)] for key, one in found.items()}


def stored(dsn: Dsn) -> dict[UUID, Any]:
    """The table, in the same words."""
    columns = (alert.c.alert_id, alert.c.version, *(alert.c[name] for name in COLUMNS))
    return {key: list(rest) for key, *rest in dsn.rows(sa.select(*columns))}


def test_the_life_of_an_alert_is_said_step_by_step(dsn: Dsn) -> None:
    dsn.site(first="2026-11")
    dsn.at("2026-12-24T12:00")
    first = declared(dsn, "2026-11", "2026-12-24T12:30")
    answered(dsn, first, 2, "2026-12-24T11:40")
    dsn.at("2026-12-26T12:00")
    declared(dsn, "2026-11", "2026-12-26T12:30", type="03", order=2)
    dsn.at("2027-01-12T12:00")
    assert short(told(dsn)) == [
        ("opened", "2026-11", "A", "RAISED", False),
        ("resolved", "2026-11", "A", "RESOLVED", False),
        ("opened", "2026-11", "B", "RAISED", False),
        ("changed", "2026-11", "B", "CORRECTION_STARTED", False),
        ("opened", "2026-11", "B", "REOPENED", False),
    ]
    (opened, *_, last) = told(dsn)
    assert (opened.subject, opened.sequence) == (str(opened.data["alert_id"]), 1) and last.sequence == 3
    assert opened.data["message"] == "DSN Novembre 2026: Anomalie dans le traitement / Déclaration manquante"
    assert opened.data["adherent"]["raison_sociale"] == "ENTREPRISE DURAND" and opened.data["open_alerts"] == 1


def test_what_is_said_of_alerts_goes_in_one_lane(dsn: Dsn) -> None:
    """An alert that somebody takes care of must not overtake its own opening."""
    site_id = dsn.site(first="2026-11")
    dsn.grant(site_id, rights={"declarations_nominatives": "mise_a_jour"})
    dsn.at("2026-12-24T12:00")
    (one,) = told(dsn)
    taken = dsn.post(f"/v1/alerts/{one.data['alert_id']}/correction", as_=ACCOUNT, headers={"If-Match": '"1"'})
    assert taken.status == 204
    with dsn.unit() as uow:
        lanes = {row.lane for row in outbox.take(uow.connection, 10, uow.now) if row.type in TOLD}
    assert len(told(dsn)) == 2 and lanes == {Lane.BULK}


def test_the_months_that_were_past_when_a_site_entered_are_said_quietly(dsn: Dsn) -> None:
    dsn.site(first="2026-08")
    dsn.at("2026-12-24T12:00")
    assert [(period, quiet) for _, period, _, _, quiet in short(told(dsn))] == [
        ("2026-08", True),
        ("2026-09", True),
        ("2026-10", True),
        ("2026-11", False),
    ]


def test_an_import_of_history_is_said_quietly(dsn: Dsn) -> None:
    dsn.site(first="2026-11")
    dsn.at("2027-09-01")
    dsn.clear()
    old = declared(dsn, "2026-11", "2026-12-10T09:00")
    answered(dsn, old, 1, "2026-12-12")
    assert short(told(dsn)) == [
        ("resolved", "2026-11", "A", "RESOLVED", False),
        ("opened", "2026-11", "B", "RAISED", True),
    ]


def test_an_answer_that_is_overwritten_again_within_a_day_is_one_opening(dsn: Dsn) -> None:
    dsn.site(first="2026-11")
    dsn.at("2026-12-16T09:00")
    one = declared(dsn, "2026-11", "2026-12-10T09:00")
    for code, hour in ((1, 10), (0, 11), (1, 12)):
        dsn.at(f"2026-12-16T{hour}:30")
        answered(dsn, one, code, f"2026-12-16T{hour}:00")
    first, over, again = told(dsn)
    assert [event.data["quiet"] for event in (first, over, again)] == [False, False, True]
    assert again.data["opened_at"] == first.data["opened_at"] and again.data["reopened_count"] == 1


def company(dsn: Dsn, number: int) -> None:
    """A company of so many sites, whose November will lack."""
    life = {"due_day": 15, "first_period": "2026-11", "last_period": None}
    each = [
        {"site_id": new_id(), "siret": siret("732829320", one), "nom": f"Site {one}", **life} for one in range(number)
    ]
    dsn.referential(each, adherent_id=new_id())


def test_no_statement_is_sent_for_one_alert_alone(dsn: Dsn) -> None:
    costs = {}
    for number, day in ((3, "2026-12-24T12:00"), (40, "2027-01-27T12:00")):
        company(dsn, number)
        dsn.clock.set(datetime.fromisoformat(day).replace(tzinfo=UTC))
        costs[number] = len(statements(dsn.engine, lambda: dsn.run_job("evaluate_due_sites")))
    assert len(told(dsn)) == 3 + 43 + 40 and costs[40] <= costs[3] + 3


def test_alerts_that_stood_before_they_were_said_are_said_once_as_they_stand(dsn: Dsn) -> None:
    dsn.site(first="2026-10")
    dsn.at("2026-12-24T12:00")
    with dsn.engine.begin() as connection:  # the version before wrote them
        connection.execute(sa.update(alert).values(told_version=None, opened_at=None))
    dsn.clear()
    assert dsn.run_job("tell_untold_alerts") == 2 and dsn.run_job("tell_untold_alerts") == 0
    assert [one.type for one in told(dsn)] == ["alert.stated.v1"] * 2 and replayed(told(dsn)) == stored(dsn)


def test_what_the_version_before_changes_beside_this_one_is_said(dsn: Dsn) -> None:
    dsn.site(first="2026-11")
    dsn.at("2026-12-24T12:00")
    over = {"status": "RESOLVED", "resolution": "RECEIVED", "ended_at": dsn.clock.now(), "version": alert.c.version + 1}
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(alert).values(over))
    assert dsn.run_job("tell_untold_alerts") == 1
    assert replayed(told(dsn)) == stored(dsn)


def test_what_is_over_and_was_never_said_is_not_said(dsn: Dsn) -> None:
    dsn.site(first="2026-11")
    dsn.at("2026-12-24T12:00")
    declared(dsn, "2026-11", "2026-12-24T12:30")
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(alert).values(told_version=None))
    assert dsn.rows(sa.select(alert.c.alert_id).where(UNTOLD)) == [] and dsn.run_job("tell_untold_alerts") == 0


def test_after_a_restore_every_alert_that_is_not_over_is_said_again(dsn: Dsn) -> None:
    dsn.site(first="2026-10")
    dsn.at("2026-12-24T12:00")
    declared(dsn, "2026-10", "2026-12-24T12:30")
    dsn.clear()
    _, said = announcing.announce(dsn.unit, dsn.service.announces)
    *stated, end = dsn.recorded()
    assert said == {"alerts": 1} == end.data["said"] and end.type == "dsn_state.announced.v1"
    assert [(one.type, one.data["periode"]) for one in stated] == [("alert.stated.v1", "2026-11")]


def test_a_company_that_changes_its_name_is_said_with_it(dsn: Dsn) -> None:
    adherent_id, site_id = new_id(), new_id()
    dsn.site(first="2026-11", adherent_id=adherent_id, site_id=site_id)
    dsn.at("2026-12-24T12:00")
    dsn.site(first="2026-11", adherent_id=adherent_id, site_id=site_id, sequence=2, raison_sociale="DURAND ET FILS")
    dsn.run_job("tell_untold_alerts")
    last = told(dsn)[-1]
    assert last.data["adherent"]["raison_sociale"] == "DURAND ET FILS" and last.sequence == 2
    assert replayed(told(dsn)) == stored(dsn)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("days"), st.integers(1, 20)),
        st.tuples(st.just("declare"), st.sampled_from(["2026-11", "2026-12", "2027-01"])),
        st.tuples(st.just("answer"), st.sampled_from([None, 0, 1, 2, 3])),
        st.tuples(st.just("take"), st.just(0)),
        st.tuples(st.just("leave"), st.just(0)),
        st.tuples(st.just("close"), st.sampled_from(["2026-11", None])),
    ),
    min_size=3,
    max_size=12,
)


class Life:
    """A site to which things happen."""

    def __init__(self, dsn: Dsn) -> None:
        self.dsn, self.order, self.last = dsn, 0, None
        self.adherent_id, self.site_id, self.said = new_id(), new_id(), 1
        self.siret = siret("732829320", 1 + len(dsn.rows(sa.select(site.c.site_id))))
        dsn.clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))
        dsn.site(first="2026-11", siret=self.siret, adherent_id=self.adherent_id, site_id=self.site_id)
        dsn.grant(self.site_id, rights={"declarations_nominatives": "mise_a_jour"})

    def do(self, what: str, how: Any) -> None:
        """The next thing."""
        self.dsn.clock.advance(timedelta(minutes=5))
        getattr(self, what)(how)

    def days(self, number: int) -> None:
        self.dsn.clock.advance(timedelta(days=number))
        self.dsn.run_job("evaluate_due_sites")

    def declare(self, period: str) -> None:
        self.order += 1
        at = self.dsn.clock.now().replace(tzinfo=None)
        kind = "01" if self.order == 1 else "03"
        self.last = Monthly(siret=self.siret, period=period, type=kind, order=self.order, deposited_at=at)
        self.dsn.send(render(rubrics(self.last)))

    def answer(self, code: int | None) -> None:
        if self.last:
            self.dsn.send(crm.render([crm.crm(self.last, code, self.dsn.clock.now())]))

    def take(self, _: int) -> None:
        self._press("correction")

    def leave(self, _: int) -> None:
        self._press("correction/end")

    def close(self, last: str | None) -> None:
        self.said += 1
        life = {"siret": self.siret, "adherent_id": self.adherent_id, "site_id": self.site_id, "sequence": self.said}
        self.dsn.site(first="2026-11", last=last, **life)

    def _press(self, what: str) -> None:
        for one in self.dsn.get(f"/v1/sites/{self.site_id}/alerts", as_=ACCOUNT).json["items"]:
            headers = {"If-Match": f'"{one["version"]}"'}
            self.dsn.post(f"/v1/alerts/{one['alert_id']}/{what}", as_=ACCOUNT, headers=headers)


@given(steps=STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_replays_what_is_said_has_the_table(dsn: Dsn, steps: list[tuple[str, Any]]) -> None:
    life = Life(dsn)
    for what, how in steps:
        life.do(what, how)
    dsn.run_job("tell_untold_alerts")
    assert replayed(told(dsn)) == stored(dsn)
    counted = sa.select(sa.func.count()).where(alert.c.status == "OPEN", alert.c.site_id == life.site_id)
    ((open_alerts,),) = dsn.rows(sa.select(site.c.open_alerts).where(site.c.site_id == life.site_id))
    assert [(open_alerts,)] == dsn.rows(counted)
    changes = len(dsn.rows(sa.select(alert_event.c.event_id)))
    assert len([one for one in told(dsn) if one.type != "alert.stated.v1"]) == changes

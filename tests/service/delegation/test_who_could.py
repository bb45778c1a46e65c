"""« Qui pouvait quoi, le … »: what the domain, replayed, says that each could do on a past day (rows 22 and 31)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.clock import PARIS, FixedClock, paris_day
from backbone.ids import new_id
from contracts.words.kinds import Kind
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.grant import Grant
from services.delegation.domain.period import Period
from services.delegation.domain.rights import Scope, everything, stored_scope
from services.delegation.domain.status import Facts
from services.delegation.queries.who_could import who_could
from services.delegation.storage import delegations
from services.delegation.storage.journal import CALENDAR, Act, Author
from tests.service.delegation.test_sub_delegation import STAFF, Firm
from tests.service.delegation.world import READ, Company, World
from tests.support.statements import statements

WRITE = {"mes_documents": "mise_a_jour"}


def asked(company: Company, jour: str, more: str = "", as_: UUID | None = None) -> Any:
    """The answer about one day."""
    return company.world.under.get(f"{company.path}/who-could?jour={jour}{more}", as_=as_ or company.founder)


def could(company: Company, jour: str, more: str = "", as_: UUID | None = None) -> dict[str, list[Any]]:
    """Who could what: by the beginning of his address, the rights of each part of the day."""
    answer = asked(company, jour, more, as_)
    assert answer.status == 200, answer.json
    return {one["email"].partition("@")[0]: [part["rights"] for part in one["parts"]] for one in answer.json["items"]}


def hours(company: Company, jour: str, person: str) -> list[tuple[str | None, str | None]]:
    """From when to when, of each part of that person's day, in Paris."""
    (one,) = asked(company, jour, f"&personne={person}").json["items"]
    return [(_hour(part["since"]), _hour(part["until"])) for part in one["parts"]]


def _hour(instant: str | None) -> str | None:
    return f"{datetime.fromisoformat(instant).astimezone(PARIS):%d/%m %H:%M}" if instant else None


def test_a_day_says_what_was_in_force_then_and_not_what_is_now(company: Company, clock: FixedClock) -> None:
    one = company.confirmed("zoe@example.com", kind="collaborateur")  # on the 23rd, at ten
    clock.advance(timedelta(days=2))
    company.change(one, rights=WRITE)  # on the 25th
    clock.advance(timedelta(days=2))
    assert company.act(one, "closing").status == 204  # on the 27th
    clock.advance(timedelta(days=2))
    told = {day: could(company, f"2026-11-{day}").get("zoe") for day in range(22, 30)}
    assert told == {22: None, 23: [READ], 24: [READ], 25: [READ, WRITE], 26: [WRITE], 27: [WRITE], 28: None, 29: None}
    assert hours(company, "2026-11-23", "zoe") == [("23/11 10:00", None)]
    assert hours(company, "2026-11-24", "zoe") == [(None, None)]
    assert hours(company, "2026-11-25", "zoe") == [(None, "25/11 10:00"), ("25/11 10:00", None)]
    assert hours(company, "2026-11-27", "zoe") == [(None, "27/11 10:00")]


def test_what_was_decided_later_was_not_known_before(company: Company, clock: FixedClock) -> None:
    one = company.confirmed("zoe@example.com", kind="collaborateur", ends_on="2026-12-31")
    before = clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    clock.advance(timedelta(days=2))
    assert company.act(one, "closing").status == 204
    clock.advance(timedelta(days=3))
    assert "zoe" not in could(company, "2026-11-27")
    assert could(company, "2026-11-27", f"&connu={before}")["zoe"] == [READ]  # as was foreseen then
    assert asked(company, "2026-11-27", f"&connu={before}").json["connu"] == before.replace("Z", "+00:00")
    late = asked(company, "2026-11-27", "&connu=2099-01-01T00:00:00Z").json
    assert datetime.fromisoformat(late["connu"]) == clock.now()  # nobody knows more than now


def test_what_the_firm_delegated_is_worth_what_its_own_was_that_day(
    company: Company, world: World, clock: FixedClock
) -> None:
    firm = Firm(company, world)
    firm.delegate(rights=WRITE)
    clock.advance(timedelta(days=1))
    assert company.change(firm.delegation, administrator=False, rights=READ).status == 204
    clock.advance(timedelta(days=1))
    staff = STAFF.partition("@")[0]
    assert could(company, "2026-11-23")[staff][-1]["mes_documents"] == "mise_a_jour"
    assert could(company, "2026-11-24")[staff][-1] == READ and could(company, "2026-11-25")[staff] == [READ]


def test_the_firm_reads_what_is_below_its_own(company: Company, world: World) -> None:
    company.confirmed("cache@example.com", kind="collaborateur", nom="Secret", prenom="Anne")
    firm = Firm(company, world)
    firm.delegate()
    assert set(could(company, "2026-11-23", as_=firm.account)) == {"comptable", STAFF.partition("@")[0]}
    assert could(company, "2026-11-23", "&personne=secret", firm.account) == {}
    assert set(could(company, "2026-11-23", "&personne=secret")) == {"cache"}


def test_its_pages_hold_each_person_once(company: Company) -> None:
    for name in ("Abel", "Blanc", "Cros", "Denis"):
        company.confirmed(f"{name.lower()}@example.com", kind="collaborateur", nom=name, prenom="Zoé")
    whole, found, after = list(could(company, "2026-11-23")), list[str](), ""
    while after is not None:
        answer = asked(company, "2026-11-23", f"&page_size=2{'&apres=' + after if after else ''}").json
        found += [one["email"].partition("@")[0] for one in answer["items"]]
        after = answer["next"]
    assert found == whole and len(whole) == 5


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("jour=2026-11-24", 422), ("jour=hier", 422), ("jour=1999-12-31", 422), ("", 422)),
        *(("jour=2026-11-23&page_size=501", 422), ("jour=2026-11-23&connu=2026-11-23T10:00:00", 422)),
        (f"jour=2026-11-23&apres={UUID(int=1)}", 404),
    ],
)
def test_what_is_no_question_is_refused(company: Company, query: str, status: int) -> None:
    assert company.world.under.get(f"{company.path}/who-could?{query}", as_=company.founder).status == status


def test_it_is_for_administrators(company: Company, world: World) -> None:
    company.confirmed("zoe@example.com", kind="collaborateur")
    assert asked(company, "2026-11-23", as_=world.account("zoe@example.com")).status == 403
    assert asked(company, "2026-11-23", as_=new_id()).status == 404


def test_a_page_is_as_many_statements_however_many_people(company: Company) -> None:
    engine = company.world.under.engine
    few = statements(engine, lambda: could(company, "2026-11-23"))
    for number in range(6):
        company.confirmed(f"un{number}@example.com", kind="collaborateur")
    assert len(could(company, "2026-11-23")) == 7
    assert len(statements(engine, lambda: could(company, "2026-11-23"))) == len(few)


# A property: histories made by the domain alone, then asked for each day and each instant of knowledge.

FIRST = datetime(2026, 3, 27, 9, tzinfo=UTC)  # summer time begins on the 29th
DAYS = 8
SCOPES = [stored_scope(False, ["ouvriers"], READ), stored_scope(False, ["etam"], WRITE), everything()]
ACTS = st.sampled_from(["identify", "confirm", "refuse", "scope", "days", "reinvite", "bound", "close"])
STEPS = st.lists(st.tuples(st.integers(0, 30 * 60), ACTS, st.integers(0, 99)), max_size=12)


def history(
    steps: list[tuple[int, str, int]], adherent_id: UUID, email: str
) -> Iterator[tuple[datetime, Act, Delegation]]:
    """What the domain makes of these acts, each so many minutes after the one before."""
    at, grant = FIRST, Grant(Period(date(2026, 3, 28)), SCOPES[0])
    now = Delegation(
        new_id(), adherent_id, Kind.COLLABORATEUR, Beneficiary(email), grant, grant, at, Facts(paris_day(at))
    )
    yield at, Act.OUVERTURE, now
    for minutes, what, draw in steps:
        at += timedelta(minutes=minutes)
        done = step(now, what, draw, at)
        if done:
            now = done[1]
            yield at, *done


def step(one: Delegation, what: str, draw: int, at: datetime) -> tuple[Act, Delegation] | None:
    """What `what` makes of it, if it can still be done."""
    day, confirmed = paris_day(at), one.confirmed_at is not None
    if one.closed_at or one.refused_at:
        return None
    if what == "identify" and not one.completed_at:
        who = Beneficiary(one.beneficiary.email, new_id(), "Évrard", "Zoé")
        return Act.IDENTIFICATION, one.identified(who, at, day)
    if what == "confirm" and one.completed_at and not confirmed:
        return Act.CONFIRMATION, one.confirmed(at, day)
    if what == "refuse" and one.completed_at and not confirmed and draw < 10:
        return Act.REFUS, one.refused(at, day)
    if what == "reinvite" and not one.completed_at:
        return Act.INVITATION, one.reinvited(at)
    if what == "close" and draw < 30:
        return Act.FERMETURE, one.closed(at, day)
    if not confirmed:
        return None
    return changed(one, what, draw, day)


def changed(one: Delegation, what: str, draw: int, day: date) -> tuple[Act, Delegation] | None:
    """Other rights, other days, or a parent that bounds it (C10)."""
    if what == "scope":
        return Act.MODIFICATION, one.granted_again(replace(one.granted, scope=SCOPES[draw % 3]), None, None)
    if what == "days":
        starts = day + timedelta(days=draw % 4 - 1)
        period = Period(starts, None if draw % 5 == 0 else starts + timedelta(days=draw % 3))
        return Act.MODIFICATION, one.granted_again(replace(one.granted, period=period), None, None)
    if what == "bound":
        above = Grant(Period(day - timedelta(days=9), day + timedelta(days=draw % 3)), SCOPES[draw % 3])
        after = one.rebounded(replace(one, effective=above))
        return (Act.REDUCTION, after) if after is not one else None
    return None


def replayed(lived: list[tuple[datetime, Act, Delegation]], day: date, known: datetime) -> list[tuple[Any, ...]]:
    """What the domain itself answers, between two acts and two midnights: the rule by which the system let people in,
    as far as it was known."""
    begin = datetime(day.year, day.month, day.day, tzinfo=PARIS)
    end = datetime.combine(day + timedelta(days=1), begin.timetz())
    acts = [(at, one) for at, _, one in lived if at <= known]
    edges = sorted({begin, end, *(at for at, _ in acts if begin < at < end)})
    found: list[tuple[Any, ...]] = []
    for since, until in pairwise(edges):
        then = [one for at, one in acts if at <= since]
        if then and then[-1].usable_on(day):
            scope: Scope = then[-1].effective.scope
            if found and found[-1][1] == since and found[-1][2] == scope.as_plain():
                since = found.pop()[0]
            found.append((since, until, scope.as_plain()))
    return found


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_says_what_the_domain_replayed_says(
    company: Company, clock: FixedClock, steps: list[tuple[int, str, int]]
) -> None:
    email = f"{new_id()}@example.com"
    lived = list(history(steps, company.id, email))
    under = company.world.under
    with under.engine.begin() as connection:
        delegations.add(connection, [lived[0][2]], author=CALENDAR, at=FIRST)
        for at, act, one in lived[1:]:
            delegations.save(connection, [one], act=act, author=Author("Claire"), at=at)
    known = [clock.now(), *(at for at, *_ in lived), lived[-1][0] + timedelta(minutes=1)]
    with under.engine.connect() as connection:
        for day in (paris_day(FIRST) + timedelta(days=number) for number in range(-1, DAYS)):
            for instant in known:
                told = who_could(
                    connection,
                    clock=clock,
                    account_id=company.founder,
                    adherent_id=company.id,
                    jour=day,
                    connu=instant,
                    personne=email,
                )
                assert parts(told, day) == replayed(lived, day, instant), (day, instant)


def parts(told: dict[str, Any], day: date) -> list[tuple[Any, ...]]:
    """What was answered, with the midnights said."""
    begin = datetime(day.year, day.month, day.day, tzinfo=PARIS)
    end = datetime.combine(day + timedelta(days=1), begin.timetz())
    names = ("administrator", "colleges", "rights")
    return [
        (part["since"] or begin, part["until"] or end, {name: part[name] for name in names})
        for one in told["items"]
        for part in one["parts"]
    ]

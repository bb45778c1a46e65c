"""Suspended until a day, and opened again: what was granted is kept, nobody is locked out, both sides are told."""

from datetime import date, timedelta

import pytest

from backbone.testing import Answer
from tests.service.delegation.test_sub_delegation import FIRM, STAFF, Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import TODAY, Company, World

CLAIRE = "comptable@example.com"
UNTIL = TODAY + timedelta(days=9)
NEXT = UNTIL + timedelta(days=1)


@pytest.fixture
def held(company: Company, world: World) -> str:
    found = company.confirmed(CLAIRE)
    world.events()
    return found


def suspend(company: Company, held: str, until: date = UNTIL, email: str | None = None) -> Answer:
    as_ = company.world.account(email) if email else None
    return company.act(held, "suspension", as_=as_, until=until.isoformat())


def resume(company: Company, held: str, email: str | None = None) -> Answer:
    return company.act(held, "resumption", as_=company.world.account(email) if email else None)


def code(answer: Answer) -> str:
    return str(answer.json["code"])


def test_it_opens_nothing_until_that_day_and_again_from_the_next_one(company: Company, world: World, held: str) -> None:
    account = world.account(CLAIRE)
    assert company.sites_of(account) == 1
    assert suspend(company, held).status == 204
    seen = company.see(held).json
    assert (seen["statut"], seen["statut_detail"]) == ("Suspendue", f"Jusqu'au {UNTIL:%d/%m/%Y}")
    assert (seen["starts_on"], seen["actions"]) == (NEXT.isoformat(), ["voir", "reprendre", "fermer"])
    assert company.sites_of(account) == 0
    world.under.clock.advance(timedelta(days=9))
    assert company.sites_of(account) == 0
    world.under.clock.advance(timedelta(days=1))
    assert company.sites_of(account) == 1 and company.see(held).json["statut"] == "Actif"


def test_the_events_say_it_and_its_end_is_told_once(company: Company, world: World, held: str) -> None:
    suspend(company, held)
    data = world.event("delegation.changed")
    assert (data["cause"], data["suspended_until"], data["starts_on"]) == ("suspension", UNTIL, NEXT)
    assert data["before"]["starts_on"] == TODAY and data["rights"] == data["before"]["rights"]
    world.under.clock.advance(timedelta(days=10))
    for _ in range(2):
        world.under.run_job("start_delegations")
    data = world.event("delegation.started")
    assert (data["suspended_until"], data["starts_on"]) == (UNTIL, NEXT)


def test_it_is_taken_up_before_its_day_with_what_was_granted(company: Company, world: World, held: str) -> None:
    before = company.see(held).json
    suspend(company, held)
    world.events()
    assert resume(company, held).status == 204
    data = world.event("delegation.changed")
    assert (data["cause"], data["suspended_until"], data["starts_on"]) == ("reprise", None, TODAY)
    names = ("starts_on", "ends_on", "statut", "rights", "colleges", "actions")
    assert [company.see(held).json[name] for name in names] == [before[name] for name in names]
    assert (resume(company, held).status, code(resume(company, held))) == (409, "delegation_non_suspendue")
    world.under.clock.advance(timedelta(days=20))
    world.under.run_job("start_delegations")
    assert world.events() == []


def test_what_is_suspended_is_not_changed_nor_suspended_again_but_closed(company: Company, held: str) -> None:
    suspend(company, held)
    changed = company.change(held, rights={"mes_salaries": "consultation"})
    assert (changed.status, code(changed)) == (409, "delegation_suspendue")
    assert f"suspendue jusqu'au {UNTIL:%d/%m/%Y}" in changed.json["detail"]
    later = company.act(held, "closing", ends_on=(NEXT + timedelta(days=5)).isoformat())
    assert code(later) == "delegation_suspendue"
    assert code(suspend(company, held, NEXT)) == "delegation_non_active"
    assert "modifier" in company.see(held).json["unavailable"]
    assert company.act(held, "closing").status == 204


@pytest.mark.parametrize(
    ("days", "slug"), [(-1, "suspension_passee"), (20, "suspension_sans_reprise"), (90_000, "date_invalide")]
)
def test_a_day_that_leaves_no_suspension_or_no_return_is_refused(company: Company, days: int, slug: str) -> None:
    held = company.confirmed(CLAIRE, ends_on=(TODAY + timedelta(days=20)).isoformat())
    answer = suspend(company, held, TODAY + timedelta(days=days))
    assert (answer.status, code(answer)) == (422, slug)
    assert company.see(held).json["statut"] == "Actif"


def test_what_opens_nothing_today_is_not_suspended(company: Company) -> None:
    coming = company.confirmed(CLAIRE, starts_on=NEXT.isoformat())
    pending = company.opened("autre@example.com")
    assert {code(suspend(company, one)) for one in (coming, pending)} == {"delegation_non_active"}
    assert company.see(coming).json["unavailable"]["suspendre"].startswith("Une délégation à venir")


def test_m7_somebody_administers_on_each_day_of_a_suspension(company: Company, world: World) -> None:
    second = company.confirmed("un@example.com", kind="collaborateur", administrator=True)
    until = (TODAY + timedelta(days=5)).isoformat()
    assert company.act(company.founder_delegation, "closing", as_=company.founder, ends_on=until).status == 204
    seen = company.see(second)
    assert seen.json["unavailable"].get("suspendre") is None
    assert code(suspend(company, second)) == "dernier_administrateur"
    assert suspend(company, second, TODAY + timedelta(days=5)).status == 204
    answer = company.act(company.founder_delegation, "closing")
    assert (answer.status, code(answer)) == (409, "dernier_administrateur")


def test_nobody_suspends_his_own_nor_the_founder_s(company: Company, world: World) -> None:
    company.confirmed("un@example.com", kind="collaborateur", administrator=True)
    founders = str(company.founder_delegation)
    assert suspend(company, founders).status == 403
    assert suspend(company, founders, email="un@example.com").status == 403
    assert "suspendre" in company.see(founders).json["unavailable"]


def test_c10_what_stands_below_follows_and_comes_back(firm: Firm, world: World) -> None:  # noqa: F811
    child = firm.delegate()
    world.events()
    assert suspend(firm.company, firm.delegation).status == 204
    assert world.events() == ["delegation.changed", "delegation.changed"]
    seen = firm.company.see(child).json
    assert (seen["statut"], seen["starts_on"]) == ("À venir", NEXT.isoformat())
    assert firm.company.sites_of(world.account(STAFF)) == 0
    assert resume(firm.company, firm.delegation).status == 204
    assert firm.company.see(child).json["statut"] == "Actif"


def test_a_child_of_its_own_suspension_stays_suspended_when_its_parent_returns(firm: Firm, world: World) -> None:  # noqa: F811
    child = firm.delegate()
    assert suspend(firm.company, child, email=FIRM).status == 204
    suspend(firm.company, firm.delegation, TODAY + timedelta(days=2))
    resume(firm.company, firm.delegation)
    assert firm.company.see(child).json["statut"] == "Suspendue"
    assert resume(firm.company, child, email=FIRM).status == 204


def test_c8_to_open_administration_again_needs_a_recent_password(company: Company, world: World) -> None:
    held = company.confirmed("un@example.com", kind="collaborateur", administrator=True)
    assert suspend(company, held).status == 204
    world.under.proved_at = world.under.clock.now() - timedelta(minutes=6)
    assert (resume(company, held).status, code(resume(company, held))) == (403, "reauthentification_requise")
    world.under.proved_at = world.under.clock.now()
    assert resume(company, held).status == 204


def test_k2_who_got_something_else_meanwhile_is_not_doubled(company: Company, world: World, held: str) -> None:
    suspend(company, held)
    other = company.opened(CLAIRE, ends_on=UNTIL.isoformat())
    answer = resume(company, held)
    assert (answer.status, code(answer)) == (409, "delegation_existante")
    assert company.act(other, "closing").status == 204 and resume(company, held).status == 204


def test_aa52_it_binds_the_version_that_was_shown(company: Company, held: str) -> None:
    body = {"until": UNTIL.isoformat()}
    assert company.act(held, "suspension", version=None, **body).status == 428
    suspend(company, held)
    stale = company.act(held, "resumption", version=1)
    assert stale.status == 412 and "suspendue par Claire Martin" in stale.json["detail"]


def test_the_journal_says_it_and_who_could_what_sees_it(company: Company, world: World, held: str) -> None:
    world.under.clock.advance(timedelta(minutes=5))
    suspend(company, held)
    path = f"{company.path}/delegations/{held}/journal"
    (line,) = [one for one in world.under.get(path, as_=company.founder).json["items"] if one["act"] == "suspension"]
    assert line["reason"] == f"Suspendue jusqu'au {UNTIL:%d/%m/%Y} inclus"

    def could(day: date) -> list[object]:
        asked = f"{company.path}/who-could?jour={day}&personne={CLAIRE}"
        return [one["parts"] for one in world.under.get(asked, as_=company.founder).json["items"]]

    (parts,) = could(TODAY)
    assert parts[0]["until"] is not None
    world.under.clock.advance(timedelta(days=12))
    assert could(UNTIL) == [] and len(could(NEXT)) == 1


def test_the_list_finds_what_is_suspended(company: Company, held: str) -> None:
    other = company.confirmed("autre@example.com", starts_on=NEXT.isoformat())
    suspend(company, held)
    found = {
        statut: [one["delegation_id"] for one in company.list(f"statut={statut}").json["items"]]
        for statut in ("Suspendue", "À venir")
    }
    assert found == {"Suspendue": [held], "À venir": [other]}
    order = [one["statut"] for one in company.list("tri=statut").json["items"]]
    assert order == ["Actif", "Suspendue", "À venir"]


def test_a_review_keeps_or_closes_what_is_suspended_and_does_not_reduce_it(
    company: Company, world: World, held: str
) -> None:
    suspend(company, held)

    def review(**answer: object) -> Answer:
        body = {"answers": [{"delegation_id": held, "version": company.current(held), **answer}]}
        return world.under.post(f"{company.path}/review", as_=company.founder, json=body)

    assert review(answer="reduire", rights={"mes_salaries": "consultation"}).status == 409
    assert review(answer="garder").status == 204
    assert company.see(held).json["statut"] == "Suspendue"
    assert review(answer="fermer").status == 204

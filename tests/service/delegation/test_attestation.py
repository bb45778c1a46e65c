"""The proof of a mandate: issued once for what is, read by both sides, verified by anybody (decision 61)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.testing import Answer
from contracts.rules.attestation_numbers import right_number
from contracts.words.changes import SOMEBODY
from contracts.words.journal import Act
from contracts.words.mandate_texts import CURRENT
from services.delegation.storage.attestation_tables import attestation_looks, attestations, shown_texts
from tests.service.delegation.test_races import at_once
from tests.service.delegation.test_renouncing import acts
from tests.service.delegation.test_sub_delegation import FIRM, STAFF, Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import READ, TODAY, Company, World
from tools.referential.numbers import siren

CLAIRE, PAUL = "comptable@example.com", "patron1@example.com"
MINE = "/v1/mandates/{}/attestation"


def issued(company: Company, held: str, as_: UUID | None = None) -> Answer:
    path = f"{company.path}/delegations/{held}/attestation"
    answer = company.world.under.post(path, as_=as_ or company.founder)
    return answer if answer.status != 204 else company.world.under.get(path, as_=as_ or company.founder)


def own(world: World, held: str, email: str = CLAIRE) -> Answer:
    answer = world.under.post(MINE.format(held), as_=world.account(email))
    return answer if answer.status != 204 else world.under.get(MINE.format(held), as_=world.account(email))


def verified(world: World, number: str, of: str | None = None, **how: Any) -> str:
    answer = look(world, number, of, **how)
    assert answer.status == 200 and set(answer.json) == {"state"}
    return str(answer.json["state"])


def look(world: World, number: str, of: str | None = None, **how: Any) -> Answer:
    body = {"number": number, "siren": of or siren(10_000_001)}
    return world.under.post("/v1/attestations/verification", json=body, **how)


def test_it_says_between_whom_what_since_when_and_what_was_shown(company: Company, world: World) -> None:
    held = company.confirmed(rights=READ, ends_on="2027-12-31")
    answer = issued(company, held)
    said = answer.json
    assert right_number(said["number"]) and said["issued_at"].startswith("2026-11-23T")
    assert (said["raison_sociale"], said["siren"], said["identifiant"]) == (
        "ENTREPRISE 1",
        siren(10_000_001),
        "0400001",
    )
    assert (said["prenom"], said["nom"], said["email"]) == ("Claire", "Martin", CLAIRE)
    assert (said["rights"], said["starts_on"], said["ends_on"]) == (READ, TODAY.isoformat(), "2027-12-31")
    assert said["in_force"] is True and said["closed_at"] is None
    assert all(said[name] for name in ("opened_at", "completed_at", "confirmed_at"))
    assert said["texts"] == dict.fromkeys(("ouverture", "acceptation", "confirmation"), CURRENT)


def test_the_same_one_for_both_sides_and_as_often_as_they_ask(company: Company, world: World) -> None:
    held = company.confirmed()
    first = issued(company, held).json
    assert own(world, held).json == issued(company, held).json == first
    assert world.scalar(sa.select(sa.func.count()).select_from(attestations)) == 1
    assert acts(world, held).count(Act.ATTESTATION) == 1


def listed(world: World, company: Company, email: str = CLAIRE, **more: str) -> Answer:
    asked = "&".join(f"{name}={value}" for name, value in {"adherent": str(company.id), **more}.items())
    return world.under.get(f"/v1/mandates/attestations?{asked}", as_=world.account(email))


def test_g69_ones_own_of_one_company_are_listed_newest_first_as_they_are(company: Company, world: World) -> None:
    former = company.confirmed()
    own(world, former)
    company.act(former, "closing")
    world.under.clock.advance(timedelta(minutes=1))
    held, other = company.confirmed(), world.company(2)
    assert listed(world, company).json["items"] == []  # the former one was closed since
    said = [own(world, one).json for one in (former, held)]
    elsewhere = own(world, other.confirmed()).json
    issued(company, company.confirmed("autre@example.com"))
    found = listed(world, company).json
    assert {one["number"] for one in found["items"]} == {one["number"] for one in said} and found["total"] == 2
    assert [one["delegation_id"] for one in found["items"]] in ([former, held], [held, former])
    assert [one["number"] for one in listed(world, other).json["items"]] == [elsewhere["number"]]
    assert listed(world, company, PAUL).json["items"] == []  # what he administers is not his own
    world.under.clock.advance(timedelta(minutes=1))
    company.change(held, ends_on="2027-06-30")
    newer = own(world, held).json
    assert [one["number"] for one in listed(world, company).json["items"]] == [newer["number"], said[0]["number"]]
    (first,) = listed(world, company, page_size="1").json["items"]
    assert first == {"delegation_id": held, "number": newer["number"], "issued_at": newer["issued_at"]}
    assert world.under.get("/v1/mandates/attestations", as_=world.account(CLAIRE)).status == 422


def test_what_changed_since_is_attested_anew(company: Company, world: World) -> None:
    held = company.confirmed()
    first = issued(company, held).json
    company.change(held, ends_on="2027-06-30")
    assert world.under.get(MINE.format(held), as_=world.account(CLAIRE)).status == 404
    second = issued(company, held).json
    assert second["number"] != first["number"] and second["ends_on"] == "2027-06-30"


def test_the_journal_says_who_asked_and_for_whom(company: Company, world: World) -> None:
    held = company.confirmed()
    world.events()
    own(world, held)
    (line, *_) = world.under.get(f"{company.path}/journal", as_=company.founder).json["items"]
    assert (line["act"], line["author"], line["nom"], line["changes"]) == (
        Act.ATTESTATION,
        "Claire Martin",
        "Martin",
        [],
    )
    assert world.events() == []  # nobody is told of it
    world.under.run_job("seal_journal")
    world.under.run_job("verify_journal")


def test_what_nobody_confirmed_or_has_not_begun_has_none(company: Company, world: World) -> None:
    waits = company.opened()
    world.identify(waits, CLAIRE)
    coming = company.confirmed("autre@example.com", starts_on=(TODAY + timedelta(days=8)).isoformat())
    for answer in (issued(company, waits), own(world, waits), issued(company, coming)):
        assert (answer.status, answer.json["code"]) == (409, "rien_a_attester")
    company.act(coming, "closing")
    world.under.clock.advance(timedelta(days=9))
    assert issued(company, coming).json["code"] == "rien_a_attester"  # closed before it began
    assert world.scalar(sa.select(sa.func.count()).select_from(attestations)) == 0


def test_what_is_over_can_be_proved_still(company: Company, world: World) -> None:
    held = company.confirmed()
    company.act(held, "closing")
    said = own(world, held).json
    assert said["in_force"] is False and said["closed_at"]
    assert verified(world, said["number"]) == "terminee"


def test_aa22_aa26_who_does_not_see_it_has_none(company: Company, world: World) -> None:
    held, other = company.confirmed(), world.company(2)
    assert own(world, held, "autre@example.com").status == 404
    assert own(world, held, PAUL).status == 404  # he administers it, by his own door
    assert issued(company, held, other.founder).status == 404
    assert issued(company, held, world.account(CLAIRE)).status == 403
    assert world.scalar(sa.select(sa.func.count()).select_from(attestations)) == 0


def test_k10_the_firm_reads_no_name_of_the_company_whoever_issues_it(firm: Firm, world: World) -> None:  # noqa: F811
    for said in (issued(firm.company, firm.delegation).json, own(world, firm.delegation, FIRM).json):
        assert (said["opened_by"], said["confirmed_by"]) == (SOMEBODY, SOMEBODY)
        assert "Durand" not in str(said) and PAUL not in str(said)
    staff = firm.delegate()
    world.identify(staff, STAFF)
    founder = str(firm.company.founder_delegation)
    assert issued(firm.company, founder, world.account(FIRM)).status == 404


def test_the_founder_was_named_by_the_caisse(company: Company, world: World) -> None:
    said = own(world, str(company.founder_delegation), PAUL).json
    assert (said["opened_by"], said["confirmed_by"], said["kind"]) == (None, None, "fondateur")
    assert said["texts"] == {"ouverture": None, "acceptation": CURRENT, "confirmation": None}


def test_anybody_verifies_it_and_learns_one_word(company: Company, world: World) -> None:
    held, other = company.confirmed(), world.company(2)
    number = issued(company, held).json["number"]
    spaced = "-".join(number[at : at + 4] for at in range(0, 16, 4)).lower()
    assert verified(world, number) == verified(world, spaced) == "valide"
    theirs = issued(other, other.confirmed("b@example.com")).json["number"]
    # No such number, one that cannot be one, and the SIREN of another company: one answer.
    unknown = [look(world, number, siren(10_000_002)), look(world, theirs), look(world, number[::-1]), look(world, "x")]
    assert {(answer.status, str(answer.json)) for answer in unknown} == {(200, "{'state': 'inconnue'}")}


def test_it_is_valid_while_all_that_it_says_is_in_force(company: Company, world: World) -> None:
    held = company.confirmed(rights={**READ, "mes_salaries": "mise_a_jour"}, ends_on="2026-12-31")
    number = issued(company, held).json["number"]
    company.change(held, rights={**READ, "mes_salaries": "mise_a_jour"}, ends_on="2027-12-31")
    assert verified(world, number) == "valide"  # more days: what it says is still true
    company.change(held, rights=READ, ends_on="2027-12-31")
    assert verified(world, number) == "terminee"  # a right less: it is not
    newer = issued(company, held).json["number"]
    assert verified(world, newer) == "valide"
    company.act(held, "closing")
    assert verified(world, newer) == "terminee"


def test_it_ends_at_midnight_in_paris_with_its_last_day(company: Company, world: World) -> None:
    held = company.confirmed(ends_on=(TODAY + timedelta(days=1)).isoformat())
    number = issued(company, held).json["number"]
    world.under.clock.advance(timedelta(days=1))
    assert verified(world, number) == "valide"
    world.under.clock.advance(timedelta(days=1))
    assert verified(world, number) == "terminee"


def test_m6_one_client_looks_thirty_times_a_minute(company: Company, world: World) -> None:
    number = issued(company, company.confirmed()).json["number"]
    answers = [look(world, "x").status for _ in range(31)]
    assert answers == [200] * 30 + [429]
    refused = look(world, number)
    assert refused.status == 429 and 1 <= int(refused.headers["Retry-After"]) <= 60
    assert verified(world, number, headers={"X-Forwarded-For": "192.0.2.7"}) == "valide"
    world.under.clock.advance(timedelta(minutes=1))
    assert verified(world, number) == "valide"
    world.under.clock.advance(timedelta(hours=2))
    assert verified(world, number) == "valide"
    assert world.scalar(sa.select(sa.func.count()).select_from(attestation_looks)) == 1  # those of before are gone


@pytest.mark.parametrize("table", [attestations, shown_texts], ids=str)
def test_what_was_attested_and_shown_is_never_changed(company: Company, world: World, table: sa.Table) -> None:
    issued(company, company.confirmed())
    for act in (sa.delete(table), sa.update(table).values(version=table.c.version)):
        with world.under.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
            connection.execute(act)


def test_a_delegation_of_before_has_no_text(company: Company, world: World) -> None:
    held = company.confirmed()
    with world.under.engine.begin() as connection:  # written by the version before
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(sa.text("DROP TRIGGER shown_texts_no_delete"))
        connection.execute(sa.delete(shown_texts))
    assert issued(company, held).json["texts"] == dict.fromkeys(("ouverture", "acceptation", "confirmation"))


def test_both_sides_at_once_are_given_one(company: Company, world: World) -> None:
    held = company.confirmed()
    world.account(CLAIRE)
    asked = [lambda: issued(company, held).json["number"], lambda: own(world, held).json["number"]] * 4
    assert len(set(at_once(asked))) == 1
    assert acts(world, held).count(Act.ATTESTATION) == 1


def test_m6_of_many_looks_at_once_no_more_than_thirty_pass(world: World) -> None:
    assert {look(world, "x").status for _ in range(26)} == {200}
    assert sorted(at_once([lambda: look(world, "x").status] * 8)) == [200] * 4 + [429] * 4

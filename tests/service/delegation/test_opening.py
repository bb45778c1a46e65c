"""« Déléguer des droits » over HTTP (G24–G40)."""

from typing import Any

from backbone.ids import new_id
from contracts.events.delegation import DELEGATION_OPENED
from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from tests.service.delegation.world import READ, TODAY, Company, World


def test_opening_announces_the_whole_state_and_who_did_it_g40(company: Company, world: World) -> None:
    company.opened()
    data = world.event("delegation.opened")
    assert set(data) == set(DELEGATION_OPENED.example)
    assert data["beneficiary"]["email"] == "comptable@example.com"
    assert (data["rights"], data["starts_on"], data["ends_on"]) == (READ, TODAY, None)
    assert data["opened_by"]["email"] == "patron1@example.com"


def test_administrator_forces_all_colleges_and_everything_in_update_g29(company: Company, world: World) -> None:
    company.opened(administrator=True, colleges=[])
    data = world.event("delegation.opened")
    assert data["colleges"] == list(COLLEGES)
    assert data["rights"] == dict.fromkeys(FUNCTIONS, "mise_a_jour")


WRONG_RULES = [
    ({"colleges": []}, "college_obligatoire", "colleges"),
    ({"colleges": ["stagiaires"]}, "college_inconnu", "colleges"),
    ({"rights": {"mes_secrets": "consultation"}}, "fonction_inconnue", "rights"),
    ({"rights": {}}, "droit_obligatoire", "rights"),
    ({"administrator": True, "rights": READ}, "administrateur_partiel", "rights"),
    ({"ends_on": "2026-11-22"}, "dates_incoherentes", "ends_on"),
    ({"starts_on": "2026-11-01", "ends_on": "2026-11-22"}, "date_passee", "ends_on"),
    ({"starts_on": "9999-01-01"}, "date_invalide", "starts_on"),
    ({"starts_on": "0001-01-01"}, "date_invalide", "starts_on"),
]


def test_a_wrong_matrix_or_date_is_422_aa31_aa32(company: Company) -> None:
    for changes, code, field in WRONG_RULES:
        answer = company.ask(**changes)
        assert (answer.status, answer.json["code"], answer.json["errors"][0]["field"]) == (422, code, field)


WRONG_FORMS: list[dict[str, Any]] = [
    {"starts_on": "2026-02-31"},
    {"starts_on": "31/02/2026"},
    {"starts_on": "0000-01-01"},
    {"starts_on": None},
    {"kind": "fondateur"},
    {"email": "a@b.fr\r\nBcc: x@y.fr"},
    {"email": "x" * 300 + "@example.com"},
    {"email": "=?utf-8?q?a?=@example.com"},
    {"email": "cla\u200bire@example.com"},
    {"rights": {"mes_documents": None}},
    {"colleges": "etam"},
    {"role": "administrateur"},
]


def test_an_address_is_kept_as_mail_is_sent_to_it_whatever_is_around_it(company: Company, world: World) -> None:
    company.opened("\ufeffCompta@straße.example.com\u00a0")
    assert world.event("delegation.opened")["beneficiary"]["email"] == "Compta@xn--strae-oqa.example.com"
    assert company.ask("compta@STRASSE.example.com").status == 201
    assert company.ask("compta@XN--strae-oqa.example.com").json["code"] == "delegation_existante"


def test_no_date_no_address_or_not_asked_for_is_422_aa32_aa47_aa51(company: Company, world: World) -> None:
    for changes in WRONG_FORMS:
        assert company.ask(**changes).status == 422, changes
    assert world.events() == []


def test_the_messages_of_m9_and_m10_are_exact(company: Company) -> None:
    assert company.ask(colleges=[]).json["detail"] == "Au moins un collège doit être sélectionné."
    told = company.ask(ends_on="2026-11-22").json["detail"]
    assert told == "La date de fin doit être postérieure ou égale à la date d'effet."


def test_a_user_without_administration_may_not_delegate_aa26(company: Company, world: World) -> None:
    company.confirmed()
    answer = company.ask("autre@example.com", as_=world.account("comptable@example.com"))
    assert (answer.status, answer.json["detail"]) == (403, "Vous n'avez pas accès à cette fonctionnalité.")


def test_a_stranger_sees_the_bytes_of_an_unknown_company_aa22_aa27(company: Company, world: World) -> None:
    other = world.company(2)
    foreign = company.ask("x@example.com", as_=other.founder)
    company.path = f"/v1/adherents/{new_id()}"
    unknown = company.ask("x@example.com")
    assert foreign.status == unknown.status == 404
    assert {**foreign.json, "instance": ""} == {**unknown.json, "instance": ""}


def test_delegating_to_oneself_is_422_aa29(company: Company) -> None:
    answer = company.ask("Patron1@Example.com")
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "email")


def test_no_second_live_delegation_of_a_pair_on_the_same_days(company: Company) -> None:
    company.opened(ends_on="2026-12-31")
    answer = company.ask("Comptable@example.com", starts_on="2026-12-31")
    assert (answer.status, answer.json["code"]) == (409, "delegation_existante")
    assert "du 23/11/2026 au 31/12/2026" in answer.json["detail"]


def test_a_later_one_does_not_clash_and_a_closed_one_neither(company: Company) -> None:
    first = company.opened(ends_on="2026-12-31")
    assert company.ask(starts_on="2027-01-01").status == 201
    assert company.act(first, "closing").status == 204
    assert company.ask(ends_on="2026-12-31").status == 201


def test_the_same_key_opens_once_c3(company: Company, world: World) -> None:
    headers = {"Idempotency-Key": str(new_id())}
    body = {
        "email": "comptable@example.com",
        "kind": "cabinet",
        "starts_on": "2026-11-23",
        "administrator": True,
        "colleges": [],
        "rights": {},
    }
    path = f"{company.path}/delegations"
    answers = [world.under.post(path, json=body, as_=company.founder, headers=headers) for _ in range(2)]
    assert [one.status for one in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert world.events() == ["delegation.opened"]


def test_nobody_enters_without_a_token(company: Company, world: World) -> None:
    assert world.under.get(company.path).status == 401
    assert world.under.get(company.path, machine=["referential:write"]).status == 403

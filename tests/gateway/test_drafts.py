"""A session that is over loses nothing that was typed, and says so before; step 2 of a delegation is an address."""

import pytest

from gateway.kit.session import COOKIE
from tests.gateway.examples import ADHERENT, PEOPLE, PERSON, SPACE, TOKEN, line, page
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, Shown
from tests.gateway.refusal import refusal

LIST = f"{SPACE}/droits"
STEP_1, STEP_2 = f"{LIST}/nouvelle", f"{LIST}/nouvelle/etape-2"
OF = f"/adherents/{ADHERENT}/delegations"
CONTACT = "/mon-compte/contact"
ASKED = "POST /sessions/token"
TYPED = {"email": "neuf@example.com", "starts_on": "01/12/2026", "ends_on": "", "kind": "collaborateur"}
OVER = refusal(401, "session_terminee", "")
AGAIN = "Ce que vous aviez saisi est repris."


def lapsed(portal: Portal, services: FakeServices, at: str, **typed: object) -> None:
    """A form of the page at `at`, sent after its session ended; then its person comes back."""
    pour = portal.get(at).all("input", name="pour")[0].get("value")
    alive = services.answers[ASKED]
    services.answers[ASKED] = OVER
    sent = portal.post(at, status=302, headers={"Referer": f"{BASE}{at}"}, pour=pour, **typed)
    assert sent.location == f"/connexion?suite={at}"
    services.answers[ASKED] = alive
    portal.client.set_cookie(COOKIE, "session-neuve", domain="espace.example.com", secure=True)


def test_what_was_typed_when_the_session_ended_is_there_after_the_login(portal: Portal, services: FakeServices) -> None:
    lapsed(portal, services, CONTACT, nom="Nouveau", prenom="Paul", version="3", mot_de_passe="Secret-26")
    shown = portal.get(CONTACT)
    assert (shown.field("nom"), shown.field("version")) == ("Nouveau", "3")
    assert AGAIN in shown.text and "Secret-26" not in shown.response.text
    assert [call for call in services.calls if call.method == "PUT"] == []


def test_it_is_nobody_elses(portal: Portal, services: FakeServices) -> None:
    lapsed(portal, services, CONTACT, nom="Nouveau", prenom="Paul", version="3")
    other = {**PERSON, "account_id": "01930000-0000-7000-8000-0000000000c9"}
    services.answers[ASKED] = (200, {**TOKEN, "account": other, "session": None})
    assert portal.get(CONTACT).field("nom") != "Nouveau"


def test_it_is_shown_once(portal: Portal, services: FakeServices) -> None:
    lapsed(portal, services, CONTACT, nom="Nouveau", prenom="Paul", version="3")
    assert AGAIN in portal.get(CONTACT).text
    assert AGAIN not in portal.get(CONTACT).text


def test_rights_ticked_when_the_session_ended_are_ticked_again(portal: Portal, services: FakeServices) -> None:
    second = portal.post(STEP_2, etape="1", **TYPED).location
    lapsed(portal, services, second, etape="2", droit_mes_documents="consultation", colleges="etam", **TYPED)
    shown = portal.get(second)
    (ticked,) = [one for one in shown.all("input", name="droit_mes_documents") if one.get("checked") is not None]
    assert ticked.get("value") == "consultation"
    assert "neuf@example.com" in shown.text and AGAIN in shown.text
    again = [
        one for one in portal.get(second).all("input", name="droit_mes_documents") if one.get("checked") is not None
    ]
    assert again[0].get("value") == "consultation"


def test_step_2_is_an_address_that_back_and_reload_show_again(portal: Portal) -> None:
    second = portal.post(STEP_2, etape="1", **TYPED).location
    for _ in range(2):
        assert "Bénéficiaire : neuf@example.com, à partir du 01/12/2026" in portal.get(second).text
    assert portal.get(second.removesuffix("/etape-2")).field("email") == "neuf@example.com"
    other = portal.post(STEP_2, etape="1", **{**TYPED, "email": "autre@example.com"}).location
    assert "neuf@example.com" in portal.get(second).text and "autre@example.com" in portal.get(other).text


def test_a_draft_ends_where_its_delegation_begins(portal: Portal) -> None:
    second = portal.post(STEP_2, etape="1", **TYPED).location
    portal.post(second, etape="2", droit_mes_documents="consultation", colleges="etam", **TYPED)
    assert portal.get(second, 302).location == STEP_1


@pytest.mark.parametrize("garbage", ["x", "a.b.c.d.e", "é"])
def test_a_draft_that_we_did_not_seal_is_none(portal: Portal, garbage: str) -> None:
    portal.get(portal.post(STEP_2, etape="1", **TYPED).location)
    at = portal.post(STEP_2, etape="1", **TYPED).location
    (name,) = {one.key for one in portal.client._cookies.values() if at.startswith(one.path) and "brouillon" in one.key}
    portal.client.set_cookie(name, garbage, domain="espace.example.com", path=at.removesuffix("/etape-2"), secure=True)
    assert portal.get(at, 302).location == STEP_1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "DURAND@example.com"}, "Vous ne pouvez pas vous déléguer des droits à vous-même."),
        ({"starts_on": "01/01/2020", "ends_on": "22/11/2026"}, "La date de fin est déjà passée."),
        ({"starts_on": "01/01/1999"}, "La date doit être comprise entre le 01/01/2000 et le 31/12/2100."),
        ({"ends_on": "01/01/2101"}, "La date doit être comprise entre le 01/01/2000 et le 31/12/2100."),
        ({"email": "LEFEVRE@example.com"}, "Une délégation existe déjà pour cette adresse, du 16/04/2019 au"),
    ],
)
def test_step_1_refuses_what_it_can_know(
    portal: Portal, services: FakeServices, change: dict[str, str], sentence: str
) -> None:
    services.answers[f"GET {OF}"] = (200, page([line({**PEOPLE[1], "email": "lefevre@example.com"})]))
    shown = portal.post(STEP_2, status=422, etape="1", **{**TYPED, **change})
    assert "Étape 1 :" in shown.text and sentence in shown.text


def test_other_days_of_the_same_address_are_no_clash(portal: Portal, services: FakeServices) -> None:
    held = {**PEOPLE[1], "email": TYPED["email"], "ends_on": "2026-11-30"}
    services.answers[f"GET {OF}"] = (200, page([line(held)]))
    portal.post(STEP_2, etape="1", **TYPED)


def refused_form(portal: Portal, pour: str | None, status: int) -> Shown:
    """A form with a token of another time, from its page."""
    return portal.post(CONTACT, status, token="x", headers={"Referer": f"{BASE}{CONTACT}"}, pour=pour, nom="Neuf")


def test_an_expired_form_leads_on_as_it_was_typed(portal: Portal) -> None:
    pour = portal.get(CONTACT).all("input", name="pour")[0].get("value")
    assert refused_form(portal, pour, 303).location == CONTACT
    shown = portal.get(CONTACT)
    assert "Ce formulaire n'était plus valable : rien n'a été enregistré." in shown.text
    assert shown.field("nom") == "Neuf"


def test_an_expired_form_of_nobody_leads_to_the_login_page(portal: Portal, services: FakeServices) -> None:
    pour = portal.get(CONTACT).all("input", name="pour")[0].get("value")
    services.answers[ASKED] = OVER
    assert refused_form(portal, pour, 302).location == f"/connexion?suite={CONTACT}"


def test_a_tab_of_somebody_else_says_both_names(portal: Portal, services: FakeServices) -> None:
    pour = portal.get(CONTACT).all("input", name="pour")[0].get("value")
    other = {**PERSON, "account_id": "01930000-0000-7000-8000-0000000000c9", "nom": "Martin", "prenom": "Claire"}
    services.answers[ASKED] = (200, {**TOKEN, "account": other, "session": None})
    text = refused_form(portal, pour, 409).text
    assert "ouverte par Paul Durand" in text and "en tant que Claire Martin" in text


def test_an_unknown_page_of_a_space_keeps_its_menu_its_company_and_its_contact(portal: Portal) -> None:
    shown = portal.get(f"{SPACE}/rien", 404)
    assert shown.all("nav", aria_label="Menu de navigation") and "ENTREPRISE DURAND" in shown.text
    assert f"{SPACE}/contact" in shown.links()


def test_the_end_of_the_session_is_said_and_one_press_puts_it_off(portal: Portal, services: FakeServices) -> None:
    shown = portal.get(CONTACT)
    said = shown.one("dialog", role="alertdialog")
    assert (said.get("data-secondes"), said.get("data-session")) == (str(8 * 3600), "/session/prolongation")
    assert "votre session se termine à 18 h 00" in shown.text  # without a script
    answer = portal.post("/session/prolongation", status=200).response
    assert answer.json == {"secondes": 8 * 3600, "heure": "18\u00a0h\u00a000"}
    services.answers[ASKED] = OVER
    portal.post("/session/prolongation", status=302)

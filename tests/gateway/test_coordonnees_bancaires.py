"""« Nouvelles coordonnées bancaires » (G78): each state says what to do; the page leads to the caisse's alone."""

import copy
from typing import Any

import pytest

from contracts.words.bank_details import NEW_BANK_DETAILS
from contracts.words.messages import NOT_OPEN
from tests.gateway.bank_examples import OTHER_REQUEST, REQUEST, details, request
from tests.gateway.examples import ACCOUNT, ADHERENT, SITE, SPACE, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, Shown
from tests.gateway.test_menu import elsewhere, groups  # noqa: F401  (a fixture)

PAGE = f"/coordonnees-bancaires/{ADHERENT}"
OF = f"/adherents/{ADHERENT}/bank-details"
ADDRESS = "https://services.caisse.example/coordonnees?etape=1"
SOON, PAST, LATER = "2026-11-24T09:00:00+00:00", "2026-11-20T09:00:00+00:00", "2027-02-18T09:00:00+00:00"
READY = {"mobile_certified_at": PAST, "mobile_usable_from": PAST, "mobile_usable_until": LATER}
CODE, ASK = "Code reçu par SMS", "Recevoir un code"
GO_ON = "Saisir mes coordonnées sur le site de ma caisse"


@pytest.fixture(autouse=True)
def served(elsewhere: Any) -> None:  # noqa: F811
    """The caisse has a page for it."""
    elsewhere(f"RA;{NEW_BANK_DETAILS};{ADDRESS}")


@pytest.fixture
def ready(services: FakeServices) -> None:
    """The person's mobile proves who he is."""
    services.answers["GET /account"] = (200, {**ACCOUNT, **READY})


def asked(services: FakeServices, mine: Any = None, *others: Any) -> None:
    services.answers[f"GET {OF}"] = (200, details(ADHERENT, mine, *others))


def buttons(page: Shown) -> list[str]:
    main = page.one("main")
    return ["".join(one.itertext()).strip() for one in main.iter("button")]


def test_g78_without_a_certified_mobile_it_says_what_to_do(portal: Portal, services: FakeServices) -> None:
    page = portal.get(PAGE)
    assert "Vous devez d'abord certifier votre numéro" in page.text
    assert "/mon-compte/mobile" in page.links() and ASK not in buttons(page)
    services.answers["GET /account"] = (200, {**ACCOUNT, "telephone_mobile": None})
    assert "/mon-compte/contact" in portal.get(PAGE).links()


@pytest.mark.parametrize(
    ("mobile", "says"),
    [
        ({"mobile_usable_from": SOON}, "vous pourrez faire cette demande le 24/11/2026 à 10 h 00"),
        ({"mobile_usable_until": PAST}, "Certifiez-le de nouveau"),
    ],
)
def test_g78_too_fresh_or_too_old_a_mobile_waits(
    portal: Portal, services: FakeServices, mobile: dict[str, str], says: str
) -> None:
    services.answers["GET /account"] = (200, {**ACCOUNT, **READY, **mobile})
    page = portal.get(PAGE)
    assert says in page.text and ASK not in buttons(page)


@pytest.mark.usefixtures("ready")
def test_g78_asked_proved_by_code_and_told(portal: Portal, services: FakeServices) -> None:
    assert ASK in buttons(portal.get(PAGE))
    assert portal.post(f"{PAGE}/code").location == f"{PAGE}/code"
    (sent,) = services.called("POST /account/bank-details/code")
    assert sent.json == {"adherent_id": ADHERENT}
    page = portal.get(f"{PAGE}/code")
    assert CODE in page.text and "Ne le communiquez à personne" in page.text
    assert portal.post(PAGE, code="123 456").location == PAGE
    (given,) = services.called("POST /account/bank-details/proof")
    assert given.json == {"adherent_id": ADHERENT, "code": "123 456"}
    assert "Votre demande est enregistrée" in portal.get(PAGE).text


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("path", "call"), [(f"{PAGE}/code", "code"), (PAGE, "proof")])
def test_g78_c8_the_password_is_asked_in_the_page(portal: Portal, services: FakeServices, path: str, call: str) -> None:
    sent = f"POST /account/bank-details/{call}"
    services.refuse(sent, 403, "reauthentification_requise", "Confirmez votre mot de passe.")
    page = portal.post(path, status=403, code="123456")
    assert page.one("input", name="mot_de_passe").get("type") == "password"
    services.answers[sent] = (202, {"masked": ""}) if call == "code" else (204, None)
    portal.post(path, code="123456", mot_de_passe="Chantier-26")
    assert len(services.called("POST /sessions/reauthenticate")) == 1


@pytest.mark.usefixtures("ready")
def test_g78_m13_a_wrong_code_is_said_beside_its_field(portal: Portal, services: FakeServices) -> None:
    sentence = "Le code est incorrect ou a expiré."
    services.refuse("POST /account/bank-details/proof", 422, "code_incorrect", sentence, ("code", sentence))
    page = portal.post(PAGE, status=422, code="123456")
    assert sentence in page.text and page.one("input", name="code").get("aria-invalid") == "true"


@pytest.mark.usefixtures("ready")
def test_g78_nobody_spends_a_code_who_does_not_administer_the_company(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"GET {OF}", 403, "acces_refuse", "Vous n'avez pas accès à cette page.")
    portal.post(f"{PAGE}/code", status=403)
    assert services.called("POST /account/bank-details/code") == []


def test_g78_it_waits_until_and_can_be_cancelled(portal: Portal, services: FakeServices) -> None:
    asked(services, request("en_attente"))
    page = portal.get(PAGE)
    assert "la saisie vous sera ouverte le 24/11/2026 à 10 h 00" in page.text
    assert "Annuler ma demande" in buttons(page) and ADDRESS not in page.response.text
    assert portal.post(f"{PAGE}/demandes/{REQUEST}/annulation").location == PAGE
    assert len(services.called(f"POST {OF}/requests/{REQUEST}/cancellation")) == 1
    assert "La demande est annulée." in portal.get(PAGE).text


def test_g78_another_administrators_request_is_shown_and_cancelled(portal: Portal, services: FakeServices) -> None:
    asked(services, None, request("en_attente", OTHER_REQUEST, nom="Petit", prenom="Anne", email="anne@example.com"))
    assert portal.get(PAGE).all("button", aria_label="Annuler la demande de Anne Petit")
    call = f"POST {OF}/requests/{OTHER_REQUEST}/cancellation"
    services.refuse(call, 409, NOT_OPEN.slug, NOT_OPEN.sentence)
    portal.post(f"{PAGE}/demandes/{OTHER_REQUEST}/annulation")
    assert NOT_OPEN.sentence in portal.get(PAGE).text


def test_g78_open_it_leads_to_the_caisses_page(portal: Portal, services: FakeServices) -> None:
    asked(services, request("ouverte"))
    page = portal.get(PAGE)
    assert "jusqu'à sa fermeture le 01/12/2026 à 10 h 00" in page.text and GO_ON in buttons(page)
    assert ADDRESS not in page.response.text
    passing = portal.post(f"{PAGE}/passage", status=200)
    assert passing.response.headers["Refresh"] == f"0; url={ADDRESS}" and ADDRESS in passing.links()
    assert len(services.called(f"POST {OF}/passage")) == 1


def test_g78_looking_at_the_address_of_the_passage_passes_nobody(portal: Portal, services: FakeServices) -> None:
    """A browser that fetches ahead, a link of before, a login in between."""
    asked(services, request("ouverte"))
    assert portal.get(f"{PAGE}/passage", 303).location == PAGE
    assert services.called(f"POST {OF}/passage") == []


def test_aa21_no_other_site_makes_anybody_pass(portal: Portal, services: FakeServices) -> None:
    asked(services, request("ouverte"))
    answer = portal.client.post(f"{PAGE}/passage", base_url=BASE, data={"csrf_token": "forged"})
    assert answer.status_code == 403 and "Refresh" not in answer.headers
    assert services.called(f"POST {OF}/passage") == []


def test_g78_delegation_lets_through_whatever_the_page_shows(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"POST {OF}/passage", 409, NOT_OPEN.slug, NOT_OPEN.sentence)
    assert portal.post(f"{PAGE}/passage").location == PAGE
    assert NOT_OPEN.sentence in portal.get(PAGE).text


@pytest.mark.usefixtures("ready")
def test_g78_what_no_caisse_serves_is_said_in_words(portal: Portal, services: FakeServices, elsewhere: Any) -> None:  # noqa: F811
    elsewhere("RA;mes_comptes_bancaires;https://services.caisse.example/comptes")
    page = portal.get(PAGE)
    assert "Votre caisse ne propose pas encore" in page.text and ASK not in buttons(page)
    asked(services, request("ouverte"))
    assert "Votre caisse ne propose pas encore" in portal.get(PAGE).text
    portal.post(f"{PAGE}/passage", status=404)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (request("annulee", cancelled_by="Anne Petit", cancelled_at=PAST), "annulée par Anne Petit le 20/11/2026"),
        (request("compte_modifie", spoiled_by="mobile", spoiled_at=PAST), "car votre numéro de téléphone mobile a été"),
        (request("compte_modifie", spoiled_by="mot_de_passe", spoiled_at=PAST), "car votre mot de passe a été modifié"),
        (request("compte_modifie", spoiled_by="identifiant", spoiled_at=PAST), "car votre identifiant a été modifié"),
        (request("droits_retires"), "car vous n'étiez plus administrateur"),
        (request("expiree"), "arrivée à son terme le 01/12/2026"),
    ],
)
def test_g78_what_ended_says_why_and_another_may_be_asked(
    portal: Portal, services: FakeServices, mine: dict[str, Any], says: str
) -> None:
    asked(services, mine)
    page = portal.get(PAGE)
    assert says in page.text and ASK in buttons(page)


def test_g78_who_was_sent_another_persons_link_may_log_in_as_him(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"GET {OF}", 404, "introuvable", "Cette page n'existe pas.")
    portal.get(PAGE, 404)


def test_g78_the_menu_has_it_beside_the_accounts_for_the_companys_administrators(
    portal: Portal, services: FakeServices
) -> None:
    assert any(link.startswith(PAGE) for link in portal.get(f"{SPACE}/suivi-dsn").links())
    firm = copy.deepcopy(tier())
    firm["access"]["kind"] = "cabinet"
    for held in (firm, tier(administrator=False)):
        services.answers[f"GET /sites/{SITE}"] = (200, held)
        assert not any(link.startswith(PAGE) for link in portal.get(f"{SPACE}/suivi-dsn").links())


def test_g78_the_menu_of_functions_leads_past_no_guard(portal: Portal) -> None:
    portal.get(f"{SPACE}/services/{NEW_BANK_DETAILS}", 404)

"""« Attestation de délégation », on its page and as a PDF, and « Vérifier une attestation » (decision 61)."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from contracts.rules.attestation_numbers import in_groups
from contracts.words.mandate_texts import TEXTS
from gateway.kit.attestation import Line, Paper, Section
from gateway.kit.attestation_pdf import SAID, UNPRINTABLE, printed
from tests.gateway.attestation_examples import NUMBER
from tests.gateway.examples import ACTIVE, ADHERENT, PENDING, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.invitation_examples import OFFERS
from tests.gateway.portal import Portal, words
from tests.gateway.test_accepting import offered
from tests.gateway.test_droits import second

MINE, OURS = f"/mon-compte/delegations/{ACTIVE}", f"{SPACE}/droits/{ACTIVE}"
API = {MINE: f"/mandates/{ACTIVE}/attestation", OURS: f"/adherents/{ADHERENT}/delegations/{ACTIVE}/attestation"}
NOW = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
both = pytest.mark.parametrize("place", [MINE, OURS], ids=["mine", "ours"])


@both
def test_the_page_says_all_of_it_in_words_and_the_hours_of_paris(portal: Portal, place: str) -> None:
    said = " ".join(words(portal.get(f"{place}/attestation").one("div", id="document")).replace("\u00a0", " ").split())
    for part in (
        f"N° {in_groups(NUMBER)}",
        "L'entreprise ENTREPRISE DURAND a délégué à Loïc Le Gœff-Święcki des droits d'accès à son Espace sécurisé.",
        "Le 23/11/2026, cette délégation est en vigueur.",
        "SIREN 732 829 320",
        "Cabinet comptable",
        "Date de fin Aucune",
        "Collèges Ouvriers, ETAM, Cadres",
        "Mes déclarations – Mes déclarations nominatives Mise à jour",
        "Confirmation le 23/11/2026 à 00 h 30, par un administrateur de l'entreprise",
        "« L'entreprise ENTREPRISE DURAND a initié une délégation en votre faveur. » (texte du 26/11/2026)",
        "À la personne qui a confirmé Le texte présenté n'a pas été conservé.",
        "https://espace.example.com/attestation",
    ):
        assert part in said


@both
def test_it_is_reached_from_the_delegation_and_saved_as_a_pdf(portal: Portal, place: str) -> None:
    assert f"{place}/attestation" in portal.get(place).links()
    assert f"{place}/attestation.pdf" in portal.get(f"{place}/attestation").links()
    got = portal.client.get(f"{place}/attestation.pdf", base_url="https://espace.example.com")
    assert (got.status_code, got.headers["Content-Type"]) == (200, "application/pdf")
    assert got.headers["Content-Disposition"] == 'attachment; filename="attestation-de-delegation.pdf"'
    assert got.headers["Cache-Control"] == "no-store" and got.data.startswith(b"%PDF-")
    again = portal.client.get(f"{place}/attestation.pdf", base_url="https://espace.example.com")
    assert again.data == got.data  # the same bytes each time


def test_my_list_leads_there_too(portal: Portal) -> None:
    assert f"{MINE}/attestation" in portal.get("/mon-compte/delegations").links()


@both
def test_until_one_is_issued_the_page_says_what_it_is_and_offers_it(
    portal: Portal, services: FakeServices, place: str
) -> None:
    services.refuse(f"GET {API[place]}", 404, "introuvable", "Page ou élément introuvable.")
    shown = portal.get(f"{place}/attestation")
    assert "Aucune attestation n'est émise" in shown.text and "Télécharger" not in shown.text
    portal.get(f"{place}/attestation.pdf", 404)
    assert services.called(f"POST {API[place]}") == []  # looking issues nothing
    assert portal.post(f"{place}/attestation").location == f"{place}/attestation"
    assert len(services.called(f"POST {API[place]}")) == 1
    assert "L'attestation est émise." in portal.get(f"{place}/attestation").text


@both
def test_what_was_never_in_force_has_none_and_is_told_why(portal: Portal, services: FakeServices, place: str) -> None:
    sentence = "Une attestation est délivrée une fois la délégation confirmée, à partir de sa date d'effet."
    services.refuse(f"POST {API[place]}", 409, "rien_a_attester", sentence)
    portal.post(f"{place}/attestation")
    assert sentence in portal.get(place).text


def test_what_waits_offers_none(portal: Portal) -> None:
    assert f"/mon-compte/delegations/{PENDING}/attestation" not in portal.get("/mon-compte/delegations").links()
    assert f"{SPACE}/droits/{PENDING}/attestation" not in portal.get(f"{SPACE}/droits/{PENDING}").links()


def test_anybody_verifies_one_and_no_address_holds_what_was_typed(visitor: Portal, services: FakeServices) -> None:
    shown = visitor.post("/attestation", status=200, number=in_groups(NUMBER).lower(), siren="732 829 320")
    assert "Valide : la délégation attestée est en vigueur aujourd'hui." in shown.text.replace("\u00a0", " ")
    (call,) = services.called("POST /attestations/verification")
    assert call.json["siren"] == "732829320" and call.query == {}
    assert not any(NUMBER in str(one.path) for one in services.calls)
    assert "ENTREPRISE DURAND" not in shown.text and "Loïc" not in shown.text


@pytest.mark.parametrize(("state", "said"), [("terminee", "Terminée :"), ("inconnue", "Inconnue :")])
def test_each_answer_is_one_sentence(visitor: Portal, services: FakeServices, state: str, said: str) -> None:
    services.answers["POST /attestations/verification"] = (200, {"state": state})
    shown = visitor.post("/attestation", status=200, number=NUMBER, siren="732829320")
    assert said in shown.text.replace("\u00a0", " ")


def test_a_typing_error_is_found_before_anything_is_asked(visitor: Portal, services: FakeServices) -> None:
    wrong = NUMBER[:-1] + ("A" if NUMBER[-1] != "A" else "C")
    shown = visitor.post("/attestation", status=422, number=wrong, siren="732829321")
    assert "Ce numéro comporte une erreur" in shown.text.replace("\u00a0", " ") and "9 chiffres" in shown.text
    assert services.called("POST /attestations/verification") == []


def test_m6_too_many_are_told_to_wait(visitor: Portal, services: FakeServices) -> None:
    sentence = "Trop de tentatives. Réessayez dans quelques minutes."
    services.refuse("POST /attestations/verification", 429, "trop_de_tentatives", sentence)
    assert sentence in visitor.post("/attestation", status=429, number=NUMBER, siren="732829320").text


def test_the_pages_that_bind_show_the_texts_of_now(portal: Portal, services: FakeServices) -> None:
    confirming = portal.get(f"/delegations/{PENDING}/confirmation").text
    assert TEXTS.confirming in html.unescape(confirming)
    offered(services, *OFFERS)
    choice = html.unescape(portal.get("/choix").text)
    assert TEXTS.accepting in choice and TEXTS.accepting_administrator in choice
    assert TEXTS.granting in html.unescape(second(portal, etape="1").text)


def paper_of(name: str) -> Paper:
    lines = [Line("Nom", name), *[Line("Ligne", "x")] * 60]  # two sheets
    return Paper("Attestation", "N", f"Pour {name}.", [Section("Qui", lines)], [])


def copied(paper: Paper) -> set[str]:
    """The characters that a reader copies out of the document: those that its fonts are mapped to."""
    found = re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]{4})>", printed(paper, NOW))
    return {chr(int(code, 16)) for code in found}


@pytest.mark.parametrize("name", ["Éloïse Çağlar-Ngọc", "Ελένη Παπαδοπούλου", "Ольга Ўктам", "Nguyễn Thị Ánh"])
def test_the_pdf_has_the_letters_of_any_european_name(name: str) -> None:
    assert set(name) <= copied(paper_of(name)) and UNPRINTABLE not in copied(paper_of(name))


def test_what_the_font_has_not_is_said_to_lack() -> None:
    assert set(SAID) | {UNPRINTABLE} <= copied(paper_of("王小明"))


def test_the_same_paper_is_the_same_bytes_whenever_it_is_printed() -> None:
    first = printed(paper_of("Éloïse"), NOW)
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        assert printed(paper_of("Éloïse"), NOW) == first
    assert printed(paper_of("Éloïse"), NOW + timedelta(days=1)) != first  # the day of its issue

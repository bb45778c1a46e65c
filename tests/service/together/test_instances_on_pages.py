"""Faults that were found by attacking the system, tried again on the pages in front of all real services."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from tests.gateway.portal import Portal
from tests.service.together.pages import Pages

BOSS, ADJOINT, CLERK, MOVED = (f"{name}@example.com" for name in ("patron", "adjoint", "comptable", "nouveau"))
NEXT = "repreneur@example.com"
M6 = "Trop de tentatives. Réessayez plus tard."


class Office:
    """A company, its founder in front of its pages."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.adherent, self.boss = pages.founded(BOSS)
        self.browser: Portal = pages.browser(BOSS)
        self.space = pages.space(self.browser)

    def page_of(self, delegation: UUID) -> str:
        """The page of a delegation."""
        return f"{self.space}/droits/{delegation}"

    def invite_again(self, delegation: UUID, status: int = 303) -> str:
        """« Envoyer un nouveau lien » as the page shows it; what is read then."""
        page = self.page_of(delegation)
        version = self.browser.get(page).field("version")
        answer = self.browser.post(f"{page}/invitation", status=status, version=version, cle=str(uuid4()))
        self.pages.settle()
        self.pages.mails(CLERK)
        self.pages.settle()
        return answer.text if status != 303 else self.browser.get(page).text


@pytest.fixture
def office(pages: Pages) -> Office:
    """The company."""
    return Office(pages)


def test_k2_by_a_former_address_one_person_never_gets_a_second_live_delegation(office: Office) -> None:
    pages, adherent, boss = office.pages, office.adherent, office.boss
    pages.beneficiary(adherent, boss, CLERK, "Martin", "Claire")
    pages.confirm(adherent, boss, CLERK)
    pages.change(CLERK, MOVED)
    assert pages.prove(MOVED).status == 204
    clerk = pages.account_of(MOVED)
    assert pages.delegate(adherent, boss, MOVED).json["code"] == "delegation_existante"
    assert pages.delegate(adherent, boss, CLERK).status == 201
    pages.settle()
    assert pages.undo(CLERK).status == 204
    form = {"token": pages.mailed("reinitialisation", CLERK), "mot_de_passe": "Vélo-grimpe 7 cols"}
    assert pages.post("/password-resets/complete", {**form, "confirmation": form["mot_de_passe"]}).status == 204
    pages.accept(CLERK)
    pages.settle()
    theirs = [row for row in pages.rows(adherent) if row["email"] in (CLERK, MOVED)]
    assert [(row["account_id"], bool(row["closed_at"])) for row in theirs] == [(clerk, False), (None, True)]
    assert any("elle ne peut pas en avoir deux à la fois" in text for text in pages.mails(BOSS))
    assert "Fermée le 23/11/2026" in office.browser.get(office.page_of(theirs[1]["id"])).text


def test_k5_a_number_that_is_none_is_no_fault_of_the_page(office: Office) -> None:
    for strange in ("20²2", "٢٠٢٦", "-1", "1_0", "9" * 400):
        value = quote(strange)
        assert "Cette année n'existe pas." in office.browser.get(f"{office.space}/suivi-dsn?annee={value}", 422).text
        for path in ("/choix?recherche=x&page=", f"{office.space}/droits?page=", "/mon-compte/messages?page="):
            assert office.browser.get(f"{path}{value}")
        for name, path in (("dsn", "sites?page="), ("delegation", "sites?page="), ("contact", "messages?page=")):
            answer = office.pages.services[name].get(f"/v1/{path}{value}", as_=office.boss)
            assert answer.status == 422, (name, strange, answer.status)


def test_k6_a_status_says_what_left_and_a_limit_leaves_a_live_link(office: Office) -> None:
    pages = office.pages
    delegation = UUID(pages.delegate(office.adherent, office.boss, CLERK).json["delegation_id"])
    pages.settle()
    pages.mails(CLERK)
    pages.settle()
    sent = "Invitation envoyée le 23/11/2026, expire le 30/11/2026"
    assert sent in office.browser.get(office.page_of(delegation)).text
    for _ in range(2):
        pages.clock.advance(timedelta(minutes=2))
        assert sent in office.invite_again(delegation)
    pages.clock.advance(timedelta(minutes=2))
    refused = office.invite_again(delegation, status=429)
    assert M6 in refused and sent in refused
    assert "Nouvel envoi possible le 23/11/2026 à 11 h 00." in refused
    assert len(pages.mails(CLERK)) == 3
    link = {"token": pages.mailed("invitation", CLERK)}
    assert pages.post("/invitations/lookup", link).status == 200
    pages.clock.advance(timedelta(days=7))
    pages.settle()
    assert pages.post("/invitations/lookup", link).status == 410
    browser = pages.browser(BOSS)
    assert "Invitation expirée le 30/11/2026" in browser.get(office.page_of(delegation)).text


def test_k13_the_caisse_replaces_a_founder_and_everybody_is_told(office: Office) -> None:
    pages = office.pages
    pages.administrator(office.adherent, office.boss, ADJOINT, "Petit", "Luc", "collaborateur")
    body = {"caisse": "IDF", "identifiant": "0400001", "former_email": BOSS, "email": NEXT, "nom": "Roux"}
    body |= {"prenom": "Eve", "reason": "Départ de l'entreprise"}
    answer = pages.delegation.post("/v1/founders", json=body, machine=["founders:write"])
    assert answer.status == 200, answer.json
    pages.settle()
    office.browser.get(f"{office.space}/", 404)
    assert any("Désormais : Eve Roux" in text for text in pages.mails(ADJOINT))
    assert any("la délégation que vous aviez jusqu'à présent est fermée" in text for text in pages.mails(BOSS))
    assert pages.complete(pages.mailed("invitation", NEXT), "Roux", "Eve").status == 200
    browser = pages.browser(NEXT)
    browser.get(f"{pages.space(browser)}/droits")
    (former,) = [row["id"] for row in pages.rows(office.adherent) if row["email"] == BOSS]
    path = f"/v1/adherents/{office.adherent}/delegations/{former}/journal"
    last = pages.delegation.get(path, as_=pages.account_of(NEXT)).json["items"][-1]
    assert (last["act"], last["reason"]) == ("remplacement_par_la_caisse", "Départ de l'entreprise")

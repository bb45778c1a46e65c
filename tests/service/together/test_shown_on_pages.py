"""What a page showed is what its button decides on: from the page to the real services and back (K3).

No fake in between: a reduction, a rise, a consent taken back in another tab, an answer that is lost on the way.
"""

from uuid import uuid4

import pytest

from gateway.clients.problem import UNKNOWN
from tests.gateway.portal import Portal, Shown
from tests.service.together.pages import Pages

BOSS, ADJOINT, FIRM, CLERK = (f"{name}@example.com" for name in ("patron", "adjoint", "cabinet", "comptable"))
NOTHING = "Rien n'a été enregistré. Vérifiez la situation actuelle, puis décidez de nouveau."
ETAM, TWO = ["etam"], ["etam", "cadres"]


class Demand:
    """A clerk's delegation, given by the firm, waits; the founder has its page open; another administrator changes
    the firm's own delegation by the page « Modification »."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.adherent, boss = pages.founded(BOSS)
        pages.administrator(self.adherent, boss, ADJOINT, "Petit", "Luc", "collaborateur")
        firm = pages.administrator(self.adherent, boss, FIRM, "Roux", "Eve")
        wanted = {"rights": {"mes_documents": "mise_a_jour", "declarations_nominatives": "mise_a_jour"}}
        self.child = pages.beneficiary(self.adherent, firm, CLERK, "Martin", "Claire", **wanted)
        self.page = f"/delegations/{self.child}/confirmation"
        self.founder, self.adjoint = pages.browser(BOSS), pages.browser(ADJOINT)
        (self.firm,) = [row["id"] for row in pages.rows(self.adherent) if row["email"] == FIRM]

    def gives(self, colleges: list[str], level: str) -> None:
        """The other administrator gives the firm these collèges and levels, and no administration."""
        page = f"{self.pages.space(self.adjoint)}/droits/{self.firm}/modifier"
        shown = self.adjoint.get(page)
        fields = {name: str(shown.field(name) or "") for name in ("starts_on", "ends_on", "version")}
        rights = {f"droit_{name}": level for name in ("mes_documents", "declarations_nominatives")}
        self.adjoint.post(page, colleges=colleges, cle=str(uuid4()), **fields, **rights)
        self.pages.settle()

    def confirm(self, shown: Shown, status: int = 303) -> Shown:
        """The founder presses « Confirmer » of a page as it was shown to him."""
        typed = {"version": str(shown.field("version")), "cle": shown.all("input", name="cle")[0].get("value", "")}
        answer = self.founder.post(self.page, status=status, decision="confirmer", **typed)
        self.pages.settle()
        return answer

    def clerk(self) -> list[int]:
        """What each service answers to the clerk: his sites in delegation and in dsn, his form in contact."""
        who, answers = self.pages.account_of(CLERK), []
        for name in ("delegation", "dsn"):
            answers.append(len(self.pages.services[name].get("/v1/sites", as_=who).json["items"]))
        path = f"/v1/adherents/{self.adherent}/form"
        return [*answers, self.pages.services["contact"].get(path, as_=who).status]

    def has(self) -> tuple[list[str], dict[str, str]]:
        """The collèges and the rights that the clerk may use, as the pages are told."""
        who = self.pages.account_of(CLERK)
        site = self.pages.delegation.get("/v1/sites", as_=who).json["items"][0]["site_id"]
        access = self.pages.delegation.get(f"/v1/sites/{site}", as_=who).json["access"]
        return access["colleges"], access["rights"]


@pytest.fixture
def demand(pages: Pages) -> Demand:
    """The demand, open in the founder's browser."""
    return Demand(pages)


def test_a_reduction_then_a_rise_behind_an_open_page_are_each_shown_before_anything_is_decided(demand: Demand) -> None:
    first = demand.founder.get(demand.page)
    demand.gives(ETAM, "consultation")
    reduced = demand.confirm(first, status=412)
    who = "modifiée avec celle dont elle dépend par Luc Petit"
    for text in (who, "Collèges : ETAM (avant : Ouvriers, ETAM, Cadres).", NOTHING):
        assert text in reduced.text, reduced.text
    assert "Mes documents : consultation (avant : mise à jour)." in reduced.text
    demand.gives(TWO, "mise_a_jour")
    risen = demand.confirm(reduced, status=412)
    for text in ("Collèges : ETAM, Cadres (avant : ETAM).", "Mes documents : mise à jour (avant : consultation)."):
        assert text in risen.text, risen.text
    assert demand.clerk() == [0, 0, 404]
    demand.confirm(risen)
    assert demand.clerk() == [1, 1, 200]
    rights = {"mes_documents": "mise_a_jour", "declarations_nominatives": "mise_a_jour"}
    assert demand.has() == (TWO, rights)


def test_every_other_act_on_an_overtaken_page_does_nothing_and_says_what_changed(demand: Demand) -> None:
    founder, space, stranger = demand.founder, demand.pages.space(demand.founder), "nouveau@example.com"
    invited = demand.pages.delegate(demand.adherent, demand.pages.account_of(BOSS), stranger).json["delegation_id"]
    demand.pages.settle()
    one, firm = f"{space}/droits/{demand.child}/fermer", f"{space}/droits/{demand.firm}"
    days = {"starts_on": "23/11/2026", "ends_on": "31/12/2026"}
    acts = {
        demand.page: {"decision": "refuser"},
        one: {"ends_on": "23/11/2026"},
        f"{firm}/fermer": {"ends_on": "23/11/2026"},
        f"{firm}/modifier": {**days, "colleges": TWO, "droit_mes_documents": "consultation"},
        f"{space}/droits/{invited}": {},
    }
    versions = {page: founder.get(page).field("version") for page in acts}
    demand.gives(ETAM, "consultation")
    theirs = f"{demand.pages.space(demand.adjoint)}/droits/{invited}"
    again = {"version": demand.adjoint.get(theirs).field("version"), "cle": str(uuid4())}
    demand.adjoint.post(f"{theirs}/invitation", **again)
    before = demand.pages.rows(demand.adherent)
    for page, typed in acts.items():
        target = page if typed else f"{page}/invitation"
        told = founder.post(target, status=412, version=versions[page], cle=str(uuid4()), **typed)
        assert "par Luc Petit" in told.text and NOTHING in told.text, (page, told.text)
    assert demand.pages.rows(demand.adherent) == before


class Consent:
    """Somebody wrote to the caisse with a file, and reads « Mes messages »."""

    page = "/mon-compte/messages"

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        _, self.account = pages.founded(BOSS)
        self.browser: Portal = pages.browser(BOSS)
        words = {"objet": "Question", "message": "Bonjour", "consentement": "true"}
        self.browser.post(f"{pages.space(self.browser)}/contact", cle=str(uuid4()), **words)
        (self.message,) = self.read()
        self.act = f"{self.page}/{self.message['message_id']}/consentement"

    def read(self) -> list[dict[str, str]]:
        """What contact holds of the person's messages."""
        answer = self.pages.services["contact"].get("/v1/messages", as_=self.account)
        return list(answer.json["items"])

    def withdraw(self, shown: Shown, status: int = 303) -> Shown:
        """« Retirer mon consentement » of a page as it was shown."""
        form = next(one for one in shown.all("form") if one.get("action") == self.act)
        sent = {field.get("name", ""): field.get("value", "") for field in form.iter("input")}
        return self.browser.post(self.act, status=status, version=sent["version"], cle=sent["cle"])


@pytest.fixture
def consent(pages: Pages) -> Consent:
    """The message and its page."""
    return Consent(pages)


def test_a_consent_taken_back_in_another_tab_is_told_as_that_and_the_form_that_comes_again_as_done(
    consent: Consent,
) -> None:
    first, second = (consent.browser.get(consent.act) for _ in range(2))
    for _ in range(2):
        consent.withdraw(first)
        assert consent.browser.get("/aide").text.count("Votre consentement est retiré.") == 1
    late = consent.withdraw(second, status=412)
    assert "Ce consentement a déjà été retiré le 23/11/2026 à 10 h 00." in late.text and NOTHING in late.text
    assert not late.all("form", action=consent.act)
    (message,) = consent.read()
    assert (message["version"], message["consent_withdrawn_at"]) == (2, "2026-11-23T09:00:00+00:00")


def test_a_consent_is_taken_back_on_the_version_that_was_shown_and_a_lost_answer_is_told_as_what_it_is(
    consent: Consent,
) -> None:
    line, shown = consent.pages.lines["contact"], consent.browser.get(consent.act)
    for version in ("", "7"):
        consent.browser.post(consent.act, status=412, version=version, cle=str(uuid4()))
    path = f"/v1/messages/{consent.message['message_id']}/consent-withdrawal"
    assert consent.pages.services["contact"].post(path, json={}, as_=consent.account).status == 428
    assert consent.read()[0]["consent_withdrawn_at"] is None
    line.cuts, line.path = 2, "/consent-withdrawal"
    assert UNKNOWN in consent.withdraw(shown, status=503).text
    consent.withdraw(shown)
    assert "Votre consentement est retiré." in consent.browser.get(consent.page).text
    assert consent.read()[0]["version"] == 2

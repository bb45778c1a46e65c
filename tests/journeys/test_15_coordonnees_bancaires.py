"""« Nouvelles coordonnées bancaires » (G78, decision 65) on the real system: a certified and settled mobile, the
password, a code, word to every administrator, a delay in which any of them cancels, then the caisse's own page."""

import re
import secrets
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from backbone.clock import SystemClock
from backbone.store.engines import make_engine
from embedded.mailbox import body
from services.delegation.storage.bank_tables import bank_requests
from services.identity.storage.counters import key_of
from services.identity.storage.tables import accounts, hits, sessions
from tests.journeys.companies import PASSWORD, Company, a_company
from tests.journeys.people import Person
from tests.journeys.stories import DEMAND, Someone, a_founder
from tests.journeys.systems import BANK_ADDRESS, System
from tests.support.ports import eventually

ASKED = "De nouvelles coordonnées bancaires sont demandées"
GO_ON = "Saisir mes coordonnées sur le site de ma caisse"
USED = "Nouvelles coordonnées bancaires : passage sur le site de la caisse"
CODE = re.compile(r"\b\d{6}\b")
SETTLED, RECENT = timedelta(hours=49), timedelta(minutes=6)


class Door:
    """A company with two administrators, and the door of one of them."""

    def __init__(self, system: System, someone: Someone) -> None:
        self.system, self.company = system, a_company()
        self.founder = a_founder(system, someone, self.company)
        self.path = f"/coordonnees-bancaires/{urlsplit(self.founder.page.url).path.split('/')[2]}"
        self.anne = an_administrator(self.founder, someone, self.company)
        digits = f"{secrets.randbelow(10_000):04}"
        self.mobile, self.number = f"06 39 98 {digits[:2]} {digits[2:]}", f"+33 6 39 98 {digits}".replace(" ", "")

    @property
    def page(self) -> Page:
        """Where the founder is."""
        return self.founder.page

    def code(self, count: int) -> str:
        """The code of the last of so many SMS to his number."""
        eventually(lambda: len(self._sms()) >= count, limit=30, what=f"SMS {count} to {self.number}")
        found = CODE.search(self._sms()[-1])
        assert found
        return found.group(0)

    def _sms(self) -> list[str]:
        return [one["text"] for one in self.system.sms() if one["to"] == self.number]

    def certify(self) -> None:
        """A number, typed and proved by its code (G77)."""
        self.founder.open("/mon-compte/contact")
        self.page.get_by_label("Téléphone mobile", exact=True).fill(self.mobile)
        self.page.get_by_role("button", name="Certifier").click()
        self.page.get_by_label("Code reçu par SMS").fill(self.code(1))
        self.page.get_by_role("button", name="Valider").click()
        expect(self.page.get_by_text("Votre numéro de téléphone mobile est certifié.")).to_be_visible()

    def two_days_pass(self) -> None:
        """His number was certified two days ago, and his password given longer ago than five minutes (C8)."""
        engine, now = make_engine(self.system.database("identity")), SystemClock().now()
        with engine.begin() as connection:
            his = accounts.c.email_key == self.founder.email
            (account_id,) = connection.execute(sa.select(accounts.c.account_id).where(his)).one()
            certified = {"mobile_certified_at": now - SETTLED, "mobile_first_certified_at": now - SETTLED}
            connection.execute(sa.update(accounts).where(his).values(certified))
            mine = sessions.c.account_id == account_id
            connection.execute(sa.update(sessions).where(mine).values(authenticated_at=now - RECENT))
            counted = [key_of("sms-account", str(account_id)), key_of("sms-number", self.number)]
            connection.execute(sa.delete(hits).where(hits.c.key.in_(counted)))
        engine.dispose()

    def the_delay_passes(self) -> None:
        """What was asked waited long enough."""
        engine, now = make_engine(self.system.database("delegation")), SystemClock().now()
        mine = bank_requests.c.adherent_id == self.adherent_id
        with engine.begin() as connection:
            changed = connection.execute(sa.update(bank_requests).where(mine).values(opens_at=now))
            assert changed.rowcount == 1
        engine.dispose()

    @property
    def adherent_id(self) -> UUID:
        """Whose door it is."""
        return UUID(self.path.rpartition("/")[2])

    def ask(self) -> None:
        """The password, the code of this act, and the request is there."""
        self.founder.open(self.path)
        self.page.get_by_role("button", name="Recevoir un code").click()
        password = self.page.get_by_label("Mot de passe *", exact=True)
        expect(password).to_be_visible()
        self.founder.press("Recevoir un code", **{"Mot de passe *": PASSWORD})
        code = self.page.get_by_label("Code reçu par SMS")
        expect(code).to_be_visible()
        code.fill(self.code(2))
        self.page.get_by_role("button", name="Valider").click()
        expect(self.page.get_by_text("Votre demande est enregistrée")).to_be_visible()
        self.shows("Demande enregistrée")

    def shows(self, words: str) -> None:
        """His page says so, as soon as delegation has heard of it."""

        def said() -> bool:
            self.founder.open(self.path)
            return words in self.page.get_by_role("main").inner_text()

        eventually(said, limit=30, every=0.5, what=f"« {words} » on the page of the door")

    def notice(self, person: Person) -> str:
        """The address behind the button of the mail that tells an administrator."""
        text = body(person.mail(f"{ASKED} pour {self.company.raison_sociale}"), "plain")
        (link,) = re.findall(r"https?://\S+/coordonnees-bancaires/\S+", text)
        return str(link)


@pytest.fixture
def door(system: System, someone: Someone) -> Door:
    """Two administrators; the number of one of them is certified and settled."""
    made = Door(system, someone)
    made.certify()
    return made


def an_administrator(founder: Person, someone: Someone, company: Company) -> Person:
    """A colleague who administers the company too, logged in."""
    anne = someone(f"anne-{founder.email}")
    founder.in_space("droits")
    page = founder.page
    page.get_by_role("link", name="Ajouter une délégation").click()
    page.get_by_label("Adresse électronique *").fill(anne.email)
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("checkbox", name=re.compile("Administrateur")).check()
    page.get_by_label(re.compile("^Mot de passe")).fill(PASSWORD)
    page.get_by_role("button", name="Valider").last.click()
    expect(page.get_by_text("La délégation est enregistrée.")).to_be_visible()
    anne.complete_account("Petit", "Anne")
    founder.confirm(founder.mail(DEMAND))
    anne.log_in()
    anne.enter(company)
    return anne


def test_g78_proved_told_awaited_and_let_through_to_the_caisses_page(door: Door) -> None:
    door.founder.open(door.path)
    expect(door.page.get_by_text("vous pourrez faire cette demande")).to_be_visible()  # a number just put in waits
    expect(door.page.get_by_role("button", name="Recevoir un code")).to_have_count(0)
    door.two_days_pass()
    door.ask()
    for person in (door.founder, door.anne):
        assert urlsplit(door.notice(person)).path == door.path
    expect(door.page.get_by_role("button", name=GO_ON)).to_have_count(0)
    door.anne.open(door.notice(door.anne))
    expect(door.anne.page.get_by_role("heading", name="Demande de Paul Patron")).to_be_visible()

    door.the_delay_passes()
    door.shows("vous est ouverte")
    door.founder.open(f"{door.path}/passage")  # looked at, or fetched ahead: nobody passes
    expect(door.page.get_by_role("button", name=GO_ON)).to_be_visible()
    assert not used(door)
    door.page.route(f"{BANK_ADDRESS}*", lambda route: route.fulfill(body="La caisse", content_type="text/plain"))
    for _ in range(2):  # the door stays open, its first use is noted
        door.founder.open(door.path)
        door.page.get_by_role("button", name=GO_ON).click()
        expect(door.page).to_have_url(BANK_ADDRESS)
    assert used(door) == 1


def test_g78_another_administrator_closes_the_door_before_it_opens(door: Door) -> None:
    door.two_days_pass()
    door.ask()
    door.anne.open(door.notice(door.anne))
    door.anne.page.get_by_role("button", name="Annuler la demande de Paul Patron").click()
    expect(door.anne.page.get_by_text("La demande est annulée.")).to_be_visible()
    door.the_delay_passes()
    door.shows("Votre demande a été annulée par Anne Petit")
    expect(door.page.get_by_role("button", name=GO_ON)).to_have_count(0)
    for person in (door.founder, door.anne):
        person.mail(f"annulée pour {door.company.raison_sociale}")


def used(door: Door) -> int:
    """How many passages the history of the company tells."""
    door.founder.in_space("droits/historique")
    return door.page.get_by_role("rowheader", name=USED).count()

"""The demonstration, lived a little further by its people so that no screen is empty: by the pages, as anybody."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from backbone.clock import SystemClock, paris_day
from embedded.demo_data import PASSWORD, WITNESS
from tests.journeys.people import Person
from tests.journeys.stories import DEMAND, INVITATION, Someone, a_colleague
from tests.journeys.systems import System
from tests.journeys.test_4_mon_compte import ACTIVATION, NOTICE, asks_for
from tests.journeys.test_8_two_tabs import reset_mail, send_file
from tests.journeys.test_12_links_in_two_tabs import CERTIFY, months_pass
from tests.screens.places import COLLEAGUE, FOUNDER, VISITOR

ID = "[0-9a-f-]{36}"
COMPANY = "ENTREPRISE DURAND"


@dataclass
class World:
    """Who looks, and the names that stand in braces in an address."""

    people: dict[str, Person]
    named: dict[str, str] = field(default_factory=dict)

    def find(self, name: str, who: Person, pattern: str) -> None:
        """Name the first part of the page shown that looks like `pattern`, in an address of a link or in its own."""
        text = f'{who.page.url}"{who.page.content()}'
        found = re.search(pattern, text)
        assert found, (name, who.page.url)
        self.named[name] = found.group(1)


def lived(system: System, someone: Someone, folder: Path) -> World:
    """DURAND delegates, is asked, writes; LEROY changes his identifiant, PETIT forgets, NOUVEAU is invited."""
    founder = at_home(someone("durand@example.com"))
    world = World({FOUNDER: founder, VISITOR: someone("nouveau@example.com")})
    world.find("space", founder, f"(/espace/{ID}/{ID})/")
    world.named["site"] = world.named["space"].rpartition("/")[2]
    world.named["bank"] = f"/coordonnees-bancaires/{world.named['space'].split('/')[2]}"
    delegations(world, someone)
    suspended(world, someone)
    founder.in_space("")
    world.find("month", founder, r'à rectifier[^"]+"(/espace/[^"]+/suivi-dsn/\d{4}-\d\d)')
    world.named["dossier"] = send_file(system, founder, folder / "releve-1.pdf")
    world.find("message", founder, f"/contact/recu/({ID})")
    founder.open(f"{world.named['space']}/droits/{world.named['delegation']}/attestation")
    founder.page.get_by_role("button", name="Émettre l'attestation").click()
    expect(founder.page.get_by_text("L'attestation est émise.")).to_be_visible()
    certifies(founder, "06 39 98 00 01")
    links(world, system, someone)
    return world


def at_home(person: Person) -> Person:
    """Logged in, on the site whose months tell most."""
    person.password = PASSWORD
    person.log_in()
    person.page.get_by_role("radio", name=f"{COMPANY}, {WITNESS}").check()
    person.page.get_by_role("button", name="Valider").click()
    expect(person.page.get_by_role("heading", name="Bienvenue sur votre espace sécurisé !")).to_be_visible()
    return person


def delegations(world: World, someone: Someone) -> None:
    """Two that end soon, of which one's holder asks for more days; one to confirm; one that nobody answered; one half
    typed."""
    founder, soon = world.people[FOUNDER], paris_day(SystemClock().now()) + timedelta(days=20)
    for name in ("anne", "luc"):
        founder.open(f"{world.named['space']}/")  # confirming the one before left it
        colleague = a_colleague(founder, someone, name, ends_on=f"{soon:%d/%m/%Y}")
        colleague.log_in()
        colleague.open("/mon-compte/delegations")
        world.find("delegation" if name == "anne" else "prolonged", colleague, f"/mon-compte/delegations/({ID})")
        world.people.setdefault(COLLEAGUE, colleague)
    asks_for_days(colleague, f"31/12/{soon.year + 1}")
    founder.open(f"{world.named['space']}/")
    founder.delegate_to("attente@example.com")
    waiting, asked = someone("julie@example.com"), len(founder.mails(DEMAND))
    founder.delegate_to(waiting.email, "En mise à jour")
    waiting.complete_account("Moreau", "Julie")
    founder.mail(DEMAND, count=asked + 1)
    founder.in_space("droits")
    world.find("to_confirm", founder, f"/delegations/({ID})/confirmation")
    founder.in_space("droits/nouvelle")
    founder.page.get_by_label("Adresse électronique *").fill("stagiaire@example.com")
    founder.page.get_by_role("button", name="Suivant").click()
    expect(founder.page.get_by_text("Étape 2 :", exact=False)).to_be_visible()
    world.find("draft", founder, f"/droits/nouvelle/({ID})/etape-2")
    founder.page.get_by_role("button", name="En consultation").click()
    founder.page.get_by_text("Profils de l'entreprise").click()
    founder.page.get_by_label("Nom du profil").fill("Comptable")
    founder.page.get_by_role("button", name="Enregistrer comme profil").click()
    expect(founder.page.get_by_text("est enregistré. Aucune délégation n'a changé.")).to_be_visible()
    founder.in_space("droits/profils")
    world.find("profile", founder, f"/droits/profils/({ID})")


def suspended(world: World, someone: Someone) -> None:
    """A colleague who is away for a month (decision 62)."""
    founder, back = world.people[FOUNDER], paris_day(SystemClock().now()) + timedelta(days=30)
    founder.open(f"{world.named['space']}/")
    colleague = a_colleague(founder, someone, "zoe")
    colleague.log_in()
    colleague.open("/mon-compte/delegations")
    world.find("suspended", colleague, f"/mon-compte/delegations/({ID})")
    founder.open(f"{world.named['space']}/droits/{world.named['suspended']}/suspendre")
    founder.page.get_by_label("Suspendre jusqu'au *").fill(f"{back:%d/%m/%Y}")
    founder.page.get_by_role("button", name="Suspendre la délégation").click()
    expect(founder.page.get_by_role("heading", level=1)).not_to_contain_text("Suspendre")


def asks_for_days(person: Person, until: str) -> None:
    """« Demander la prolongation » (G26)."""
    page = person.page
    page.get_by_role("link", name=f"Demander la prolongation de ma délégation pour {COMPANY}").click()
    page.get_by_label("Nouvelle date de fin souhaitée *").fill(until)
    page.get_by_role("main").locator("form button[type=submit]").last.click()
    expect(page.get_by_text("Votre demande est envoyée aux administrateurs")).to_be_visible()


def certifies(person: Person, mobile: str) -> None:
    """A number is typed and its code sent; it is not used (G77)."""
    person.open("/mon-compte/contact")
    person.page.get_by_label("Téléphone mobile", exact=True).fill(mobile)
    person.page.get_by_role("button", name="Certifier").click()
    expect(person.page.get_by_label("Code reçu par SMS")).to_be_visible()


def links(world: World, system: System, someone: Someone) -> None:
    """The links of mails: each as its mail has it."""
    invited, leroy, petit = world.people[VISITOR], someone("leroy@example.com"), someone("petit@example.com")
    world.named["invitation"] = invited.link(invited.mail(INVITATION))
    leroy.password = PASSWORD
    leroy.log_in()
    asks_for(leroy, "nouveau-leroy@example.com")
    world.named["undoing"] = leroy.link(leroy.mail(NOTICE))
    leroy.email = "nouveau-leroy@example.com"
    world.named["activation"] = leroy.link(leroy.mail(ACTIVATION))
    petit.open("/mot-de-passe-oublie")
    petit.page.get_by_label("Adresse électronique").fill(petit.email)
    petit.page.get_by_role("button", name="Valider").click()
    world.named["reset"] = petit.link(reset_mail(petit))  # type: ignore[arg-type]
    months_pass(system, petit.email)
    world.named["certification"] = petit.link(petit.mail(CERTIFY))

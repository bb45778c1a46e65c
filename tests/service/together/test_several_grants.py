"""What one person was given twice, by the real delegation service, as delegation, dsn and contact decide on it (K2).

Rights of one delegation are never for the collèges of another, and its days are not the other's.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock, paris_day
from backbone.rights.access import grant_of
from backbone.sealing import generate_keypair
from backbone.testing import ServiceUnderTest
from contracts.events.identity import ACCOUNT_UPDATED
from services.contact.app import build as build_contact
from services.contact.settings import Settings as ContactSettings
from services.delegation.app import build as build_delegation
from services.delegation.settings import Settings as DelegationSettings
from services.delegation.storage.tables import delegations
from services.dsn.app import build as build_dsn
from services.dsn.settings import Settings as DsnSettings
from tests.service.delegation.world import TODAY, Company, World

FIRST, SECOND = "c.martin@example.com", "claire@example.com"
A = {"colleges": ["etam"], "rights": {"declarations_nominatives": "consultation", "mes_documents": "mise_a_jour"}}
B = {"colleges": ["cadres"], "rights": {"mes_documents": "consultation"}}


class Decided:
    """A company of the real delegation service, and dsn and contact, which hear what it announces."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        of = {
            "delegation": (build_delegation, DelegationSettings, {}),
            "dsn": (build_dsn, DsnSettings, {"opening_grace_days": 0}),
            "contact": (
                build_contact,
                ContactSettings,
                {"files_folder": str(folder / "files"), "sealing_public_key": generate_keypair()[1]},
            ),
        }
        self.services = {
            name: ServiceUnderTest(
                build,
                settings.of(database_url=f"sqlite:///{folder / name}.db", broker_url="embedded:", **more),
                clock=clock,
            )
            for name, (build, settings, more) in of.items()
        }
        self.clock, self.world = clock, World(self.services["delegation"])
        self.company: Company = self.world.company()
        self.who = self.world.account(FIRST)
        known = {**ACCOUNT_UPDATED.load(ACCOUNT_UPDATED.example), "account_id": self.who, "email": FIRST}
        self.services["contact"].deliver(ACCOUNT_UPDATED, known)

    def tell(self) -> None:
        """What delegation announced arrives."""
        for event in self.services["delegation"].recorded():
            for name in ("dsn", "contact"):
                if event.type in self.services[name].service.listens:
                    card = self.services[name].service.registry.cards[event.type]
                    self.services[name].deliver(card, event.data, sequence=event.sequence)
        self.services["delegation"].clear()

    def sites(self, name: str = "delegation") -> int:
        """How many sites the person may choose, as `name` answers."""
        return len(self.services[name].get("/v1/sites", as_=self.who).json["items"])

    def writes(self) -> int:
        """What contact answers to a message of his: the form is read first, so a good one."""
        form = {"objet": "Question", "message": "Bonjour", "consentement": "true"}
        path = f"/v1/adherents/{self.company.id}/messages"
        return self.services["contact"].post(path, data=form, as_=self.who, content_type="multipart/form-data").status

    def gives(self, function: str, level: str, scope: str) -> list[bool]:
        """Whether dsn, contact, let him do that on this collège today."""
        answers = []
        for name in ("dsn", "contact"):
            with self.services[name].engine.connect() as connection:
                grant = grant_of(connection, self.who, self.company.id, paris_day(self.clock.now()))
            answers.append(grant is not None and grant.allows(function, level, scope))
        return answers


@pytest.fixture
def decided(tmp_path: Path, clock: FixedClock) -> Iterator[Decided]:
    """The services; the person has A until tonight and B from tomorrow."""
    made = Decided(tmp_path, clock)
    made.company.confirmed(FIRST, ends_on=TODAY.isoformat(), **A)
    later = made.company.opened(FIRST, starts_on=(TODAY + timedelta(days=1)).isoformat(), **B)
    made.world.identify(later, FIRST)
    assert made.company.act(later, "confirmation").status == 204
    made.tell()
    yield made
    for service in made.services.values():
        service.close()


def on_the_same_days(decided: Decided) -> None:
    """As before one person had one delegation: both are live today, here and wherever it was told."""
    second = delegations.c.colleges == sa.literal(["cadres"], sa.JSON)
    decided.world.execute(sa.update(delegations).where(second).values(starts_on=TODAY))
    for name in ("dsn", "contact"):
        table = decided.services[name].service.metadata.tables["access"]
        with decided.services[name].engine.begin() as connection:
            connection.execute(sa.update(table).values(starts_on=TODAY))


def test_each_is_for_its_own_days_everywhere(decided: Decided) -> None:
    assert decided.sites() == decided.sites("dsn") == 1
    assert decided.gives("declarations_nominatives", "consultation", "etam") == [True, True]
    assert decided.gives("mes_documents", "consultation", "cadres") == [False, False]
    decided.clock.advance(timedelta(days=1))
    assert decided.sites() == 1
    assert decided.gives("declarations_nominatives", "consultation", "etam") == [False, False]
    assert decided.gives("mes_documents", "consultation", "cadres") == [True, True]


def test_rights_of_one_are_not_for_the_colleges_of_the_other(decided: Decided) -> None:
    on_the_same_days(decided)
    assert decided.gives("mes_documents", "mise_a_jour", "etam") == [True, True]
    assert decided.gives("mes_documents", "consultation", "cadres") == [True, True]
    assert decided.gives("mes_documents", "mise_a_jour", "cadres") == [False, False]
    assert decided.gives("declarations_nominatives", "consultation", "cadres") == [False, False]


def test_contact_and_dsn_open_what_one_of_them_opens(decided: Decided) -> None:
    on_the_same_days(decided)
    assert (decided.sites("dsn"), decided.writes()) == (1, 201)
    decided.world.events()
    for one in decided.company.list("page_size=50").json["items"]:
        if one["email"] == FIRST:
            decided.company.act(one["delegation_id"], "closing")
    decided.tell()
    assert (decided.sites("dsn"), decided.writes()) == (0, 404)


@pytest.mark.parametrize(("wanted", "status"), [(["etam"], 201), (["cadres"], 403), (["etam", "cadres"], 403)])
def test_who_administers_by_one_gives_nothing_on_the_colleges_of_the_other(
    decided: Decided, wanted: list[str], status: int
) -> None:
    on_the_same_days(decided)
    first = delegations.c.colleges == sa.literal(["etam"], sa.JSON)
    decided.world.execute(sa.update(delegations).where(first).values(administrator=True))
    asked = decided.company.ask(
        SECOND, as_=decided.who, colleges=wanted, rights={"mes_documents": "consultation"}, ends_on=TODAY.isoformat()
    )
    assert asked.status == status, asked.json

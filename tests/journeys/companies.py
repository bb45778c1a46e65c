"""Companies of a journey: each test has its own, with people, sites and keys nobody else uses."""

import csv
import io
import itertools
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta

import httpx

from backbone.clock import SystemClock, paris_day
from embedded import keys
from embedded.demo_data import HEADER
from services.dsn.domain.calendar import due_at
from services.dsn.domain.periods import Period
from tests.journeys.systems import System

_numbers = itertools.count(secrets.randbelow(90_000_000))
PASSWORD = "Chantier-Bleu-2026"
DUE_DAY, GRACE = 15, timedelta(days=8)


@dataclass(frozen=True)
class Firm:
    """An accounting firm."""

    nom: str
    email: str


@dataclass(frozen=True)
class Company:
    """An adhérent: its founding administrator, its firm, its sites as (name, SIRET, first period)."""

    identifiant: str
    raison_sociale: str
    siren: str
    administrateur: str
    firm: Firm
    sites: list[tuple[str, str, str]] = field(default_factory=list)

    def siret(self, site: str) -> str:
        """The SIRET of the site with that name."""
        return next(siret for name, siret, _ in self.sites if name == site)


def a_firm() -> Firm:
    """A firm of its own."""
    number = next(_numbers)
    return Firm(f"COMPTA{number}", f"compta{number}@example.com")


def a_company(firm: Firm | None = None, **sites: str) -> Company:
    """A company with the given sites (name → first period AAAA-MM); one site expected from this month by default."""
    number = next(_numbers) % 100_000_000
    siren = with_key(f"{number:08}")
    named = [(name, with_key(f"{siren}{at:04}"), first) for at, (name, first) in enumerate(sites.items(), 1)]
    return Company(
        identifiant=f"{number:08}",
        raison_sociale=f"ENTREPRISE {number}",
        siren=siren,
        administrateur=f"patron{number}@example.com",
        firm=firm or a_firm(),
        sites=named or [("Siège", with_key(f"{siren}0001"), period(0))],
    )


def period(months_ago: int) -> str:
    """The period « AAAA-MM » so many months before this one."""
    today: date = paris_day(SystemClock().now())
    months = today.year * 12 + today.month - 1 - months_ago
    return f"{months // 12:04}-{months % 12 + 1:02}"


def missing(first: str) -> list[str]:
    """The months from `first` on that are missing now for a site of this file: one or two, as the day has it.

    Due on the 15th of the next month at noon, or on the next working day, and eight days of grace (docs/dsn.md).
    """
    now = SystemClock().now()
    months = Period.parse(first).until(Period.of(paris_day(now)))
    return [str(month) for month in months if due_at(month, DUE_DAY) + GRACE <= now]


def import_companies(system: System, *companies: Company) -> None:
    """Give them to the system, as the caisse's machine does."""
    headers = {"Authorization": f"Bearer {machine_token(system)}"}
    with httpx.Client(base_url=system.api("delegation"), headers=headers, timeout=30) as caisse:
        opened = caisse.post("/v1/imports", json={"format": "csv", "name": "journey"}).raise_for_status()
        path = f"/v1/imports/{opened.json()['import_id']}/lines?first=2"
        answer = caisse.post(path, content=_csv(companies), headers={"Content-Type": "text/csv"}).raise_for_status()
        assert answer.json()["rejected"] == []


def machine_token(system: System) -> str:
    """A token of the caisse's machine client."""
    form = {
        "grant_type": "client_credentials",
        "client_id": keys.CAISSE,
        "client_secret": system.secret("caisse.secret"),
    }
    answer = httpx.post(f"{system.api('identity')}/v1/token", data=form, timeout=10)
    return str(answer.raise_for_status().json()["access_token"])


def person_token(system: System, email: str) -> str:
    """A token of somebody who is let in. HTTPStatusError when he is not, 429 when asked too often (C6)."""
    form = {"email": email, "mot_de_passe": PASSWORD}
    answer = httpx.post(f"{system.api('identity')}/v1/sessions", json=form, timeout=10)
    return str(answer.raise_for_status().json()["access_token"])


def with_key(digits: str) -> str:
    """`digits` with the last digit that makes their Luhn key right."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


def _csv(companies: tuple[Company, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for one in companies:
        for name, siret, first in one.sites:
            person = (one.administrateur, "PATRON", "Paul", one.firm.nom, one.firm.email)
            site = (siret, name, DUE_DAY, first)
            writer.writerow(("IDF", one.identifiant, one.raison_sociale, one.siren, *person, *site))
    return text.getvalue().encode()

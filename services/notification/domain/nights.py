"""What begins or ends at midnight by its dates is told in one mail a person, in the morning.

Each delegation is a line, to its beneficiary and to those who administer it. What is heard in the night waits for seven
o'clock; what is heard in the day, after a job that was down caught up, waits until nothing more came for a moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FROM = time(7)
QUIET = timedelta(minutes=1)
MOST = 20  # lines of each side; of the others their number
PEOPLE = UUID("01930000-0000-7000-8000-00000000de1e")  # of the keys of people; never another one


class What(StrEnum):
    """What a delegation did by its dates; one that nobody confirmed ends without having opened anything."""

    BEGINS = "debut"
    RESUMES = "reprise"
    ENDS = "fin"
    ENDS_UNUSED = "fin_sans_acces"
    # Told in other mails of the same morning: what ends soon, and what waits for a confirmation.
    ENDS_SOON = "bientot"
    WAITS = "attend"


@dataclass(frozen=True)
class Line:
    """One delegation in the mail of one person: his own, or (`followed` names its beneficiary) one he administers."""

    fact: str
    recipient: str
    lecteur: str
    followed: str
    adherent_id: UUID
    raison_sociale: str
    identifiant: str
    what: What
    day: date

    @property
    def person(self) -> UUID:
        """Whose mail it stands in: an address is a mailbox, however it is written."""
        return uuid5(PEOPLE, self.recipient.casefold())


def heard_until(now: datetime) -> datetime | None:
    """A person is told once nothing came for him since that moment; None: nobody is, it is night."""
    return now - QUIET if now.astimezone(PARIS).time() >= FROM else None


def said(lines: Sequence[Line]) -> dict[str, Any]:
    """What the words of a mail are given of the lines of one person: his own first, each side by day and company."""
    ordered = sorted(lines, key=lambda one: (one.day, one.raison_sociale, one.followed, one.fact))
    own = [one for one in ordered if not one.followed]
    followed = [one for one in ordered if one.followed]
    companies = {one.adherent_id: one.raison_sociale for one in (*own, *followed)}
    return {
        "lecteur": ordered[0].lecteur,
        "raison_sociale": next(iter(companies.values())),
        "autres_entreprises": len(companies) - 1,
        "siennes": [_said(one) for one in own[:MOST]],
        "autres_siennes": max(len(own) - MOST, 0),
        "suivies": [_said(one) for one in followed[:MOST]],
        "autres_suivies": max(len(followed) - MOST, 0),
    }


def without_side(given: dict[str, Any], side: str) -> dict[str, Any]:
    """The same for a mail that tells one side alone: without the other one, `side`."""
    return {name: value for name, value in given.items() if not name.endswith(side)}


def _said(line: Line) -> dict[str, str]:
    company = {"raison_sociale": line.raison_sociale, "identifiant": line.identifiant}
    return {**company, "beneficiaire": line.followed, "quoi": line.what.value, "jour": line.day.isoformat()}

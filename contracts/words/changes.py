"""What changed between two states of what a delegation grants, in words: for who decides on a page that is not current
any more, and for the mails that tell both sides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from contracts.words.levels import LABELS, NO_RIGHT

# Whom a reader of the firm reads instead of the name of one of the company's administrators (K10).
SOMEBODY = "Un administrateur de l'entreprise"


class Cause(StrEnum):
    """Why a delegation is worth something else: somebody changed it, or the one above it, which bounds it (C10)."""

    MODIFICATION = "modification"
    DELEGATION_MERE = "delegation_mere"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: its field, its label, and both in words."""

    field: str
    label: str
    before: str
    now: str


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Each thing that differs, in the order of the page: days, administration, collèges, functions.

    Both are what a delegation grants (`contracts/terms.py`): days as dates, codes of collèges and functions.
    """
    pairs = zip(_said(before), _said(now), strict=True)
    return [Difference(field, label, was, now) for (field, label, was), (_, _, now) in pairs if was != now]


def _said(terms: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield "starts_on", "Date d'effet", _day(terms["starts_on"])
    yield "ends_on", "Date de fin", _day(terms["ends_on"])
    yield "administrator", "Droits d'administration", "oui" if terms["administrator"] else "non"
    yield "colleges", "Collèges", ", ".join(COLLEGES[one] for one in COLLEGES if one in terms["colleges"]) or "aucun"
    for code, label in FUNCTIONS.items():
        yield f"rights.{code}", label, LABELS[terms["rights"].get(code, NO_RIGHT)].lower()


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "aucune"

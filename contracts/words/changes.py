"""What changed between two states of what a delegation grants, in words: for who decides on a page that is not current
any more, for the journal, which tells what was before and after each act (D18), for the mails that tell both sides, and
for the page of a modification, which says it before « Valider »."""

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
NOTHING = LABELS[NO_RIGHT].lower()
YES, NO = "oui", "non"
NO_DAY, NO_COLLEGE = "aucune", "aucun"
DAYS_AND_SCOPE = 4  # what is said of a grant before its functions


class Cause(StrEnum):
    """Why a delegation is worth something else: somebody changed it, suspended it or
    took it up again, or did so to the one above it, which bounds it (C10)."""

    MODIFICATION = "modification"
    SUSPENSION = "suspension"
    REPRISE = "reprise"
    DELEGATION_MERE = "delegation_mere"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: its field, what people call it, what it was (None: nothing yet) and is."""

    field: str
    label: str
    before: str | None
    after: str


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Difference]:
    """Each thing that differs, in the order of the page: days, administration, collèges, functions; of the first state
    of a delegation, all that it gives, without the functions of an administrator, who has them all (G29).

    Both are what a delegation grants (`contracts/terms.py`): days as dates, codes of collèges and functions.
    """
    is_now = list(said(after))
    if before is None:
        given = is_now[:DAYS_AND_SCOPE] if after["administrator"] else is_now
        return [Difference(field, label, None, words) for field, label, words in given if words != NOTHING]
    pairs = zip(said(before), is_now, strict=True)
    return [Difference(field, label, was, words) for (field, label, was), (_, _, words) in pairs if was != words]


def said(terms: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What a delegation grants, each thing in the order of the page: its field, what people call it, what it is."""
    yield "starts_on", "Date d'effet", _day(terms["starts_on"])
    yield "ends_on", "Date de fin", _day(terms["ends_on"])
    yield "administrator", "Droits d'administration", YES if terms["administrator"] else NO
    yield "colleges", "Collèges", ", ".join(COLLEGES[one] for one in COLLEGES if one in terms["colleges"]) or NO_COLLEGE
    for code, label in FUNCTIONS.items():
        yield f"rights.{code}", label, LABELS[terms["rights"].get(code, NO_RIGHT)].lower()


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else NO_DAY

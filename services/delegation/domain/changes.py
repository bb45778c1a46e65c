"""What changed between two grants, in words: for who decides on a page that is not current any more (AA52), and for
the journal, which tells what was before and after each act (D18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backbone.errors import FieldError
from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from contracts.words.levels import LABELS, NO_RIGHT
from services.delegation.domain.grant import Grant

SLUG = "modifie"
NOTHING = LABELS[NO_RIGHT].lower()
DAYS_AND_SCOPE = 4  # what is said of a grant before its functions


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: its field, what people call it, what it was (None: nothing yet) and is."""

    field: str
    label: str
    before: str | None
    after: str


def differences(before: Grant | None, after: Grant) -> list[Difference]:
    """Days, administration, collèges, functions that differ; of the first grant, all that it gives, without the
    functions of an administrator, who has them all (G29)."""
    now = list(_said(after))
    if before is None:
        given = now[:DAYS_AND_SCOPE] if after.scope.administrator else now
        return [Difference(field, label, None, said) for field, label, said in given if said != NOTHING]
    pairs = zip(_said(before), now, strict=True)
    return [Difference(field, label, was, said) for (field, label, was), (_, _, said) in pairs if was != said]


def changes(shown: Grant, now: Grant) -> list[FieldError]:
    """One sentence for each thing that is not as it was shown."""
    return [
        FieldError(one.field, SLUG, f"{one.label} : {one.after} (avant : {one.before}).")
        for one in differences(shown, now)
    ]


def _said(grant: Grant) -> Iterator[tuple[str, str, str]]:
    period, scope = grant.period, grant.scope
    yield "starts_on", "Date d'effet", _day(period.starts_on)
    yield "ends_on", "Date de fin", _day(period.ends_on)
    yield "administrator", "Droits d'administration", "oui" if scope.administrator else "non"
    yield "colleges", "Collèges", ", ".join(COLLEGES[one] for one in COLLEGES if one in scope.colleges) or "aucun"
    for code, label in FUNCTIONS.items():
        yield f"rights.{code}", label, LABELS[scope.rights.get(code, NO_RIGHT)].lower()


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "aucune"

"""What changed between two grants, in words: for who decides on a page that is not current any more (AA52)."""

from collections.abc import Iterator
from datetime import date

from backbone.errors import FieldError
from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from contracts.words.levels import LABELS, NO_RIGHT
from services.delegation.domain.grant import Grant

SLUG = "modifie"


def changes(shown: Grant, now: Grant) -> list[FieldError]:
    """One sentence for each thing that is not as it was shown: days, administration, collèges, functions."""
    pairs = zip(_said(shown), _said(now), strict=True)
    return [
        FieldError(field, SLUG, f"{label} : {after} (avant : {before}).")
        for (field, label, before), (_, _, after) in pairs
        if before != after
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

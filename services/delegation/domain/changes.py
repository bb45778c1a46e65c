"""What changed between two grants, in words, for who decides on a page that is not current any more (AA52)."""

from backbone.errors import FieldError
from contracts.words.changes import differences
from services.delegation.domain.grant import Grant

SLUG = "modifie"


def changes(shown: Grant, now: Grant) -> list[FieldError]:
    """One sentence for each thing that is not as it was shown: days, administration, collèges, functions."""
    found = differences(shown.as_plain(), now.as_plain())
    return [FieldError(one.field, SLUG, f"{one.label} : {one.after} (avant : {one.before}).") for one in found]

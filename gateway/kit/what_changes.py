"""« Ce qui change », said by a modification before « Valider »: what the script of its page compares the form with."""

from dataclasses import dataclass

from contracts.words import changes
from gateway.clients.delegation import Delegation
from gateway.kit.rights import Rights


@dataclass(frozen=True)
class Known:
    """What a delegation gives, in the words of its history and of the mail that tells the change (D18).

    `given`: of each thing the field of the form, what people call it and what it is; the words of a tick and of none.
    """

    given: list[tuple[str, str, str]]
    yes: str = changes.YES
    no: str = changes.NO
    no_day: str = changes.NO_DAY
    no_college: str = changes.NO_COLLEGE

    @classmethod
    def of(cls, held: Delegation) -> "Known":
        """Of the delegation as it is now, whatever its form was shown with."""
        return cls([(_asked_in(field), label, words) for field, label, words in changes.said(vars(held))])


def _asked_in(field: str) -> str:
    """The field of the form that asks for it: each function has its own."""
    _, _, code = field.partition(".")
    return Rights.field(code) if code else field

"""What a delegation grants beside its rights, as pages ask for it, carry it, send it and show it.

A field more is declared here, under the name that delegation gives it: the two steps of an opening, the modification
and the page of one delegation go through these.
"""

from datetime import date
from typing import Any

from contracts.rules.days import is_possible
from contracts.words.messages import IMPOSSIBLE_DAY, PAST_END
from gateway.clients.delegation import Delegation
from gateway.kit import labels
from gateway.kit.fields import Bound, Day
from gateway.kit.forms import Form
from gateway.kit.reading import day
from gateway.kit.today import today

# The guide's words (G26), and what they mean by « à la date indiquée »: at the end of that day (T10).
END = (
    "Facultatif : la saisie d'une date de fin entraînera la désactivation automatique des droits d'accès pour votre"
    " interlocuteur, à la date indiquée. Cette date est incluse : les droits prennent fin à la fin de la journée."
)


def impossible(typed: str) -> str:
    """A year that no delegation has is told before the rest is filled (AA32)."""
    read = day(typed)
    return IMPOSSIBLE_DAY.sentence if read and not is_possible(read) else ""


def no_such_end(ends_on: date | None) -> str:
    """What is wrong with an end of a delegation that is to be opened: it is over already."""
    return PAST_END.sentence if ends_on and ends_on < today() else ""


def outlasting(ends_on: date | None, own_end: date | None) -> str:
    """What is wrong with the end `ends_on`, or with none, for who has rights until `own_end` alone (C10)."""
    if own_end is None or (ends_on and ends_on <= own_end):
        return ""
    return (
        f"Vos propres droits prennent fin le {labels.day(own_end)} : saisissez une date de fin, ce jour au plus tard."
    )


class Terms(Form):
    """From which day, until which."""

    starts_on = Day("Date d'effet", required="Saisissez la date d'effet.", rule=impossible)
    ends_on = Day("Date de fin", help=END, rule=impossible)

    @property
    def terms(self) -> list[Bound[Any]]:
        """Its fields, one by one."""
        return self.part(Terms)


def terms_of(delegation: Delegation) -> list[Bound[Any]]:
    """The same of a delegation, to be shown."""
    return Terms.of(delegation).terms

"""Both sides are told of what a person did with a delegation: its beneficiary, and the others who administer it.

The event names them, each with the name of who acted as he may read it; notification writes apart to each.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.authority import author_told, same_person
from services.delegation.domain.delegation import Delegation
from services.delegation.steps.announce import person, with_administrators


def telling(uow: UnitOfWork, concerned: Sequence[Delegation], author: Delegation) -> dict[UUID, dict[str, Any]]:
    """By delegation, the fields of `ToldState`: who did it, for its beneficiary, and whom else to tell. Who acted knows
    it already, so does a beneficiary who acts on his own."""
    named = author_name(author)
    return {
        one.id: {
            "author": author_told(author, named, one),
            "told": [
                {**person(admin), "author": author_told(author, named, admin)}
                for admin in administrators
                if not same_person(author, admin)
            ],
        }
        for one, administrators in with_administrators(uow, concerned, paris_day(uow.now))
    }


def told_of_above(author: Delegation, one: Delegation) -> dict[str, Any]:
    """The same for what followed the delegation above it: its beneficiary alone is told, for the others are told of
    that one."""
    return {"author": author_told(author, author_name(author), one), "told": []}


def by_its_dates(uow: UnitOfWork, concerned: Sequence[Delegation]) -> dict[UUID, dict[str, Any]]:
    """By delegation, whom else to tell of what nobody did: it began or ended by its dates."""
    watching = with_administrators(uow, concerned, paris_day(uow.now))
    return {one.id: {"told": [person(admin) for admin in administrators]} for one, administrators in watching}


def author_name(author: Delegation) -> str:
    """« Claire Martin »; « » while nobody knows."""
    who = author.beneficiary
    return " ".join(part for part in (who.prenom, who.nom) if part)

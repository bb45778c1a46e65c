"""A delegation as lists and pages show it (G12, G19)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import paris_day
from contracts.rules.written import day as written
from services.delegation.domain.authority import actions
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.invitation import NOTHING_YET, Standing, in_words
from services.delegation.domain.prolongation import Prolongation
from services.delegation.domain.status import SHOWN, State
from services.delegation.queries.reviewing import to_review
from services.delegation.storage import invitations, prolongations


def list_items(
    connection: Connection, actor: Delegation, targets: Sequence[Delegation], now: datetime
) -> list[dict[str, Any]]:
    """Lines of the list, with what `actor` may do with each."""
    day = paris_day(now)
    invited = [one.id for one in targets if one.state_on(day) is State.INVITED]
    standing = invitations.standings(connection, invited) if invited else {}
    known = {id: standing.get(id, NOTHING_YET) for id in invited}
    review = to_review(connection, actor, [one.id for one in targets], day)
    wanted = prolongations.asked(connection, [one.id for one in targets])
    return [
        {**_item(actor, one, now, known.get(one.id)), "a_revoir": one.id in review, **_wanted(one, wanted, day)}
        for one in targets
    ]


def _wanted(target: Delegation, asked: Mapping[UUID, Prolongation], day: date) -> dict[str, Any]:
    """Until when its beneficiary asks that it lasts, while nobody answered."""
    known = asked.get(target.id)
    return {"prolongation_until": known.wanted_on if known and known.is_open_for(target, day) else None}


def _item(actor: Delegation, target: Delegation, now: datetime, invitation: Standing | None) -> dict[str, Any]:
    who, period, day = target.beneficiary, target.effective.period, paris_day(now)
    state = target.state_on(day) or State.INVITED
    return {
        "delegation_id": target.id,
        "role": str(target.role),
        "nom": who.nom,
        "prenom": who.prenom,
        "statut": str(SHOWN[state]),
        "statut_detail": in_words(invitation, target.invited_at, now) if invitation else status_detail(target, state),
        "invitation": invitation.facts() if invitation else None,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "email": who.email,
        "version": target.sequence,
        "actions": [str(action) for action in actions(actor, target, day)],
    }


def status_detail(target: Delegation, state: State) -> str | None:
    """What is behind the status of who is not waited for, in words; nothing for « Actif »."""
    if state is State.TO_CONFIRM:
        return "À confirmer"
    word, day = {
        State.SUSPENDED: ("Jusqu'au", target.facts.suspended_until),
        State.COMING: ("À partir du", target.effective.period.starts_on),
        State.ENDED: ("Échue le", target.effective.period.ends_on),
        State.REFUSED: ("Refusée le", target.facts.refused_on),
        State.CLOSED: ("Fermée le", target.facts.closed_on),
    }.get(state, ("", None))
    return f"{word} {written(day)}" if day else None

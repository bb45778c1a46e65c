"""A delegation as lists and pages show it (G12, G19)."""

from datetime import date
from typing import Any

from services.delegation.domain.authority import actions
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.status import SHOWN, State


def list_item(actor: Delegation, target: Delegation, day: date) -> dict[str, Any]:
    """One line of the list, with what `actor` may do with it."""
    who, period = target.beneficiary, target.effective.period
    state = target.state_on(day) or State.INVITED
    return {
        "delegation_id": target.id,
        "role": str(target.role),
        "nom": who.nom,
        "prenom": who.prenom,
        "statut": str(SHOWN[state]),
        "statut_detail": status_detail(target, state),
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "email": who.email,
        "version": target.sequence,
        "actions": [str(action) for action in actions(actor, target, day)],
    }


def status_detail(target: Delegation, state: State) -> str | None:
    """What is behind the status, in words; nothing for « Actif »."""
    if state is State.INVITED:
        return "Invitation envoyée"
    if state is State.TO_CONFIRM:
        return "À confirmer"
    word, day = {
        State.COMING: ("À partir du", target.effective.period.starts_on),
        State.ENDED: ("Échue le", target.effective.period.ends_on),
        State.REFUSED: ("Refusée le", target.facts.refused_on),
        State.CLOSED: ("Fermée le", target.facts.closed_on),
    }.get(state, ("", None))
    return f"{word} {day:%d/%m/%Y}" if day else None

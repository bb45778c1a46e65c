"""« Nouvelles coordonnées bancaires » of a company (G78), for who administers it: what was asked, where it stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from contracts.words.bank_details import BankState as State
from services.delegation.domain.bank_request import LIVE, BankRequest
from services.delegation.domain.delegation import Delegation
from services.delegation.steps.bank_details import of_the_company
from services.delegation.storage import adherents, bank_requests, delegations

SHOWN = ("asked_at", "opens_at", "closes_at", "cancelled_at", "cancelled_by", "spoiled_at", "spoiled_by")


def bank_details(connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID) -> dict[str, Any]:
    """The company; `mine`, the newest of one's own, whatever became of it; `others`, those of the others that wait or
    are open. NotFound, AccessRefused for who does not administer it, or for the firm's."""
    now = clock.now()
    of_the_company(delegations.administrator(connection, account_id, adherent_id, paris_day(now)))
    found = bank_requests.of_adherent(connection, adherent_id)
    states = bank_requests.states(connection, found, now)
    held = delegations.by_ids(connection, {one.delegation_id for one in found})
    shown = [(one, _shown(one, states[one.id], held[one.delegation_id])) for one in found]
    return {
        "adherent": adherents.reference(connection, adherent_id),
        "mine": next((item for one, item in shown if one.account_id == account_id), None),
        "others": [item for one, item in shown if one.account_id != account_id and states[one.id] in LIVE],
    }


def _shown(one: BankRequest, state: State, asker: Delegation) -> dict[str, Any]:
    times: dict[str, datetime | str | None] = {name: getattr(one, name) for name in SHOWN}
    who = asker.beneficiary
    return {"request_id": one.id, "state": state, "nom": who.nom, "prenom": who.prenom, "email": who.email, **times}

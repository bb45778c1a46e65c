"""Telling delegation who its beneficiaries are: always an act of the person, who completed his account or accepted with
the one he has (decision 23). The founders that the caisse names are the exception: it knows them.

Only for the address that the account has now and has proved, and only what was addressed to that very address: what was
sent to an address it left, or merely asked for, is not its own.
"""

from collections.abc import Iterable
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import BENEFICIARY_IDENTIFIED
from services.identity.domain.account import Account
from services.identity.storage import delegations


def identify(
    account: Account, *, already_known: bool, uow: UnitOfWork, only: Iterable[UUID] | None = None
) -> list[UUID]:
    """Record who it is, for each delegation (of `only`, or any) that waited at the address of this completed account.
    Which they were."""
    identified = delegations.identify(uow.connection, account.account_id, account.email_key, only)
    for delegation_id in identified:
        data = {
            "delegation_id": delegation_id,
            "account_id": account.account_id,
            "email": account.email,
            "nom": account.nom,
            "prenom": account.prenom,
            "already_known": already_known,
            "version": account.version,
        }
        uow.record(BENEFICIARY_IDENTIFIED, sequence=1, data=data)
    return identified

"""Telling delegation who its beneficiaries are: every delegation that waits for an account, at once.

Only for the address that the account has now and has proved, and only what was addressed to that very address: what was
sent to an address it left, or merely asked for, is not its own.
"""

from backbone.unit_of_work import UnitOfWork
from contracts.identity import BENEFICIARY_IDENTIFIED
from services.identity.domain.account import Account
from services.identity.storage import delegations


def identify(account: Account, *, already_known: bool, uow: UnitOfWork) -> None:
    """Record who it is, for each delegation that waited at the address of this completed account."""
    for delegation_id in delegations.identify(uow.connection, account.account_id, account.email_key):
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

"""Telling delegation who its beneficiaries are: every delegation that waits for an account, at once."""

from backbone.unit_of_work import UnitOfWork
from contracts.identity import BENEFICIARY_IDENTIFIED
from services.identity.domain.account import Account
from services.identity.storage import delegations


def identify(account: Account, *, already_known: bool, uow: UnitOfWork) -> None:
    """Record who it is, for each delegation that waited for this account."""
    for delegation_id in delegations.identify(uow.connection, account.account_id):
        data = {
            "delegation_id": delegation_id,
            "account_id": account.account_id,
            "email": account.email,
            "nom": account.nom,
            "prenom": account.prenom,
            "already_known": already_known,
        }
        uow.record(BENEFICIARY_IDENTIFIED, sequence=1, data=data)

"""A password replaced by another: the links that would replace it are dead, and its owner is told by mail."""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import PASSWORD_CHANGED
from contracts.words.bank_details import Spoiled
from services.identity.domain.account import Account
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.domain.link import Purpose
from services.identity.domain.ports import Hasher
from services.identity.steps import security
from services.identity.steps.ending_proofs import end_proofs
from services.identity.storage import accounts, identifiers, links


def replace_password(
    account: Account,
    password: ChosenPassword,
    former_hash: str | None = None,
    *,
    uow: UnitOfWork,
    hasher: Hasher,
    **more: object,
) -> Account | None:
    """Replace it, if it is still the one of `former_hash`; None when it is not. `more`: what else changes with it."""
    values = {"password_hash": hasher.hash(password.mot_de_passe), "password_changed_at": uow.now, **more}
    changed = accounts.change(uow.connection, account.account_id, former_hash=former_hash, **values)
    if changed:
        links.end(uow.connection, Purpose.RESET, [account.account_id], uow.now)
        end_proofs(account.account_id, Spoiled.PASSWORD, uow)
        data = {
            "account_id": changed.account_id,
            "email": changed.email,
            "prenom": changed.prenom,
            "changed_at": uow.now,
            "former_email": identifiers.left_by(uow.connection, changed.account_id, uow.now),
        }
        uow.record(PASSWORD_CHANGED, sequence=changed.version, data=data)
        security.note(security.PASSWORD_CHANGE, account=changed.account_id)
    return changed

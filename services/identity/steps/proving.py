"""Whether a password is right, and its account may log in (M1)."""

from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import AddressLapsed, BadCredentials
from services.identity.steps import security
from services.identity.storage.accounts import Credential


def prove(found: Credential | None, password: str, hasher: Hasher) -> Credential:
    """The credential, when `password` is right and its account may log in. BadCredentials (M1) for anything else, of
    the kind AddressLapsed when only the account, disabled, stands in the way."""
    right = hasher.verify(found.password_hash if found else None, password)
    if not found or not right or not found.account.may_log_in:
        security.note(security.LOGIN_FAIL, failed=True, account=found.account.account_id if found else "-")
        lapsed = found is not None and right and found.account.status is Status.DESACTIVE
        raise AddressLapsed if lapsed else BadCredentials
    return found

"""The steps of every route that looks at a password: count and commit, then look with nothing locked (C6)."""

from flask import request

from backbone.web import perform, query, service
from contracts.rules.networks import client_network
from contracts.words.acts import Act
from services.identity.domain.password import Strength
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import AddressLapsed, BadCredentials, CurrentPasswordWrong
from services.identity.domain.throttle import Attempt
from services.identity.queries.credential import credential
from services.identity.steps import security
from services.identity.steps.proving import prove
from services.identity.storage.accounts import Credential
from services.identity.use_cases.admit_attempt import AdmitAttempt, admit_attempt
from services.identity.use_cases.record_refusal import RecordRefusal, record_refusal
from services.identity.use_cases.record_refused_login import RecordRefusedLogin, record_refused_login
from services.identity.use_cases.remind import Remind, remind


def client_address() -> str:
    """The client that asks, as the edge says and as limits count it."""
    return client_network(request.remote_addr or "-")


def admitted(email: str) -> Attempt:
    """The attempt, counted. TooManyAttempts (M6)."""
    attempt: Attempt = perform(admit_attempt, AdmitAttempt(email, client_address()), idempotent=False)
    return attempt


def proved(email: str, password: str) -> Credential:
    """The account that `password` opens. BadCredentials (M1), which is noted alike for every address; one to be
    certified again gets a mail besides (G54)."""
    found = query(credential, email=email)
    try:
        return prove(found, password, hasher())
    except BadCredentials as refused:
        perform(record_refused_login, RecordRefusedLogin(email), idempotent=False)
        if found and isinstance(refused, AddressLapsed):
            perform(remind, Remind(found.account.account_id), idempotent=False)
        raise BadCredentials from None


def proved_again(found: Credential, password: str) -> Attempt:
    """The owner gave his current password: the attempt, counted. CurrentPasswordWrong (AA15), TooManyAttempts (M6)."""
    attempt = admitted(found.account.email)
    if not hasher().verify(found.password_hash, password):
        security.note(security.PASSWORD_FAIL, failed=True, account=found.account.account_id)
        _remember_refused(found, Act.PASSWORD_REFUSED)
        raise CurrentPasswordWrong
    return attempt


def still_proved(found: Credential, password: str) -> None:
    """The owner of a session gave his password again. BadCredentials (M1), which he finds among the acts."""
    try:
        prove(found, password, hasher())
    except BadCredentials:
        _remember_refused(found, Act.PROOF_REFUSED)
        raise


def _remember_refused(found: Credential, act: Act) -> None:
    perform(record_refusal, RecordRefusal(found.account.account_id, act), idempotent=False)


def strength() -> Strength:
    """The port that says how easily a password is guessed."""
    return service().port(Strength)


def hasher() -> Hasher:
    """The port that hashes passwords."""
    return service().port(Hasher)

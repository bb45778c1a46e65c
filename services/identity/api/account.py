"""« Connexion et contact » (G73–G77): the account, its contact details, its password, its certified number."""

from typing import Any

from backbone.web import blueprint, etag, perform, person, principal, query, repeated, require_version, signed_in
from services.identity.api.proving import client_address, proved_again, strength
from services.identity.api.schemas import AccountSchema, CodeSchema, ContactSchema, MaskedSchema, PasswordChangeSchema
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.domain.refusals import CodeRefused, refuse_if_any
from services.identity.queries.account import account
from services.identity.queries.credential_of import credential_of
from services.identity.use_cases.certify_mobile import CertifyMobile, certify_mobile
from services.identity.use_cases.change_contact import ChangeContact, change_contact
from services.identity.use_cases.change_password import ChangePassword, change_password
from services.identity.use_cases.send_code import SendCode, send_code

blp = blueprint("account")


@blp.get("/account")
@signed_in
@blp.response(200, AccountSchema)
def mine() -> Any:
    """One's own account; its version is the ETag."""
    found = query(account, account_id=person())
    return found, etag(found["version"])


@blp.put("/account/contact")
@signed_in
@blp.arguments(ContactSchema)
@blp.response(204)
def change_my_contact(body: dict[str, Any]) -> None:
    """Change names and numbers (G76); If-Match says the version they were read at."""
    me = principal()
    perform(change_contact, ChangeContact(person(), require_version(), me.authenticated_at, **body))


@blp.put("/account/password")
@signed_in
@blp.arguments(PasswordChangeSchema)
@blp.response(204)
def change_my_password(body: dict[str, Any]) -> None:
    """Change the password (G74); a wrong current one counts as a failed login (AA15), a new one that is refused not."""
    if repeated():
        return
    me, chosen = principal(), ChosenPassword(body["mot_de_passe"], body["confirmation"])
    found = query(credential_of, account_id=me.account_id)
    refuse_if_any(chosen.refusals(found.account, strength()))
    attempt = proved_again(found, body["mot_de_passe_actuel"])
    perform(change_password, ChangePassword(person(), me.session_id, attempt, found.password_hash, chosen))


@blp.post("/account/mobile/code")
@signed_in
@blp.response(202, MaskedSchema)
def send_me_a_code() -> Any:
    """Send a code to one's own mobile number (G77, C5)."""
    return perform(send_code, SendCode(person(), client_address()))


@blp.post("/account/mobile/certification")
@signed_in
@blp.arguments(CodeSchema)
@blp.response(204)
def certify_mine(body: dict[str, Any]) -> None:
    """Certify the number with the code. The try is kept when it is wrong, so the refusal comes after the commit."""
    answered = perform(certify_mobile, CertifyMobile(person(), body["code"]))
    if not answered["certified"]:
        raise CodeRefused(answered["left"])

"""« Modifier identifiant » (G75, T5): ask for it, prove the new address, undo it from the former one."""

from typing import Any

from backbone.web import blueprint, perform, person, public, query, repeated, signed_in
from contracts.words.messages import NEW_IDENTIFIER
from services.identity.api.proving import proved_again
from services.identity.api.schemas import (
    AskedBeforeSchema,
    ChangeShownSchema,
    EmailShownSchema,
    IdentifierChangeSchema,
    MessageSchema,
    TokenSchema,
)
from services.identity.domain.link import UseLink
from services.identity.queries.address_to_prove import address_to_prove
from services.identity.queries.change_to_undo import change_to_undo
from services.identity.queries.identifier_asked import identifier_asked
from services.identity.queries.wanted import wanted
from services.identity.use_cases.change_identifier import ChangeIdentifier, change_identifier
from services.identity.use_cases.prove_identifier import prove_identifier
from services.identity.use_cases.undo_identifier import undo_identifier

blp = blueprint("identifiers")


@blp.post("/account/identifier")
@signed_in
@blp.arguments(IdentifierChangeSchema)
@blp.response(202, MessageSchema)
def change_mine(body: dict[str, Any]) -> Any:
    """Ask for another address; the answer never tells whether it is taken (AA18). A wrong password counts (AA15)."""
    if repeated():
        return {"message": NEW_IDENTIFIER.sentence}
    me = person()
    found, address = query(wanted, account_id=me, email=body["email"])
    attempt = proved_again(found, body["mot_de_passe_actuel"])
    perform(change_identifier, ChangeIdentifier(me, address, attempt, found.password_hash))
    return {"message": NEW_IDENTIFIER.sentence}


@blp.post("/identifier-changes/asked")
@public
@blp.arguments(AskedBeforeSchema)
@blp.response(204)
def asked_before(body: dict[str, Any]) -> None:
    """Whether a session asked for that address and ended by it, for a form that was sent twice; 401 for any other."""
    query(identifier_asked, **body)


@blp.post("/identifier-changes/activation/lookup")
@public
@blp.arguments(TokenSchema)
@blp.response(200, EmailShownSchema)
def look_up_activation(body: dict[str, Any]) -> Any:
    """Which address the link proves; nothing is consumed (AA9)."""
    return query(address_to_prove, token=body["token"])


@blp.post("/identifier-changes/activation")
@public
@blp.arguments(TokenSchema)
@blp.response(204)
def activate(body: dict[str, Any]) -> None:
    """The new address is proved; the account is active again."""
    perform(prove_identifier, UseLink(body["token"]))


@blp.post("/identifier-changes/undo/lookup")
@public
@blp.arguments(TokenSchema)
@blp.response(200, ChangeShownSchema)
def look_up_undo(body: dict[str, Any]) -> Any:
    """Which change the link undoes; nothing is consumed (AA9)."""
    return query(change_to_undo, token=body["token"])


@blp.post("/identifier-changes/undo")
@public
@blp.arguments(TokenSchema)
@blp.response(204)
def undo(body: dict[str, Any]) -> None:
    """The former address is the identifiant again; the account is active, its sessions are over."""
    perform(undo_identifier, UseLink(body["token"]))

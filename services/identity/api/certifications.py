"""The link that certifies an address again (G54): what it shows, its use, the new one that replaces it."""

from typing import Any

from backbone.web import blueprint, perform, public, query
from contracts.words.messages import M2
from services.identity.api.proving import client_address
from services.identity.api.schemas import EmailShownSchema, MessageSchema, TokenSchema
from services.identity.domain.link import Purpose, UseLink
from services.identity.queries.address_to_certify import address_to_certify
from services.identity.use_cases.ask_renewal import AskRenewal, ask_renewal
from services.identity.use_cases.certify_again import certify_again

blp = blueprint("certifications")


@blp.post("/certifications/lookup")
@public
@blp.arguments(TokenSchema)
@blp.response(200, EmailShownSchema)
def look_up(body: dict[str, Any]) -> Any:
    """Which address the link certifies; nothing is consumed (AA9)."""
    return query(address_to_certify, token=body["token"])


@blp.post("/certifications/complete")
@public
@blp.arguments(TokenSchema)
@blp.response(204)
def complete(body: dict[str, Any]) -> None:
    """Certify the address again; a suspended account is active."""
    perform(certify_again, UseLink(body["token"]))


@blp.post("/certifications/renew")
@public
@blp.arguments(TokenSchema)
@blp.response(202, MessageSchema)
def renew(body: dict[str, Any]) -> Any:
    """Ask for a new link with a dead one; the answer is the same whatever the link was (M2)."""
    perform(ask_renewal, AskRenewal(Purpose.CERTIFICATION, body["token"], client_address()))
    return {"message": M2.sentence}

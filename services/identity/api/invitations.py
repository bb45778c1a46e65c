"""The link of an invitation: what it shows, the account it completes, the new one that replaces it (G43–G51)."""

from backbone.web import blueprint, perform, public, query
from services.identity import queries
from services.identity.api.proving import client_address
from services.identity.api_schemas import (
    CompletedSchema,
    CompletionSchema,
    InvitationSchema,
    MessageSchema,
    TokenSchema,
)
from services.identity.domain.renewal import Link
from services.identity.domain.reset import NEUTRAL
from services.identity.use_cases.choosing import ChosenPassword
from services.identity.use_cases.complete_account import CompleteAccount, complete_account
from services.identity.use_cases.renew_links import AskRenewal, ask_renewal

blp = blueprint("invitations")


@blp.post("/invitations/lookup")
@public
@blp.arguments(TokenSchema)
@blp.response(200, InvitationSchema)
def look_up(body):
    """What the link invites to; nothing is consumed (AA9)."""
    return query(queries.invitation, token=body["token"])


@blp.post("/invitations/complete")
@public
@blp.arguments(CompletionSchema)
@blp.response(200, CompletedSchema)
def complete(body):
    """Complete the account; the link is used (AA6)."""
    chosen = ChosenPassword(body.pop("mot_de_passe"), body.pop("confirmation"))
    return perform(complete_account, CompleteAccount(password=chosen, **body))


@blp.post("/invitations/renew")
@public
@blp.arguments(TokenSchema)
@blp.response(202, MessageSchema)
def renew(body):
    """Ask for a new link with a dead one; the answer is the same whatever the link was (M2)."""
    perform(ask_renewal, AskRenewal(Link.INVITATION, body["token"], client_address()))
    return {"message": NEUTRAL}

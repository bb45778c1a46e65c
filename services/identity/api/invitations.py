"""Invitations: what a link shows, the account it completes, the new one that replaces it (G43–G51); accepting (T1)."""

from typing import Any
from uuid import UUID

from backbone.web import (
    blueprint,
    page_args,
    page_of,
    page_schema,
    perform,
    person,
    public,
    query,
    signed_in,
)
from contracts.words.messages import M2
from services.identity.api.offer_schemas import AcceptanceSchema, InvitationSchema, PendingSchema
from services.identity.api.proving import client_address
from services.identity.api.schemas import (
    CompletedSchema,
    CompletionSchema,
    MessageSchema,
    TokenSchema,
)
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.domain.link import Purpose, UseLink
from services.identity.queries.invitation import invitation
from services.identity.queries.to_accept import to_accept
from services.identity.use_cases.accept_by_link import accept_by_link
from services.identity.use_cases.accept_delegations import AcceptDelegations, accept_delegations
from services.identity.use_cases.ask_renewal import AskRenewal, ask_renewal
from services.identity.use_cases.complete_account import CompleteAccount, complete_account
from services.identity.use_cases.record_opening import record_opening

blp = blueprint("invitations")


@blp.post("/invitations/lookup")
@public
@blp.arguments(TokenSchema)
@blp.response(200, InvitationSchema)
def look_up(body: dict[str, Any]) -> Any:
    """What the link invites to; nothing is consumed (AA9). That it was opened is noted, the first time (K6)."""
    shown = query(invitation, token=body["token"])
    if shown["unseen"]:
        perform(record_opening, UseLink(**body))
    return shown


@blp.post("/invitations/complete")
@public
@blp.arguments(CompletionSchema)
@blp.response(200, CompletedSchema)
def complete(body: dict[str, Any]) -> Any:
    """Complete the account; the link is used (AA6)."""
    chosen = ChosenPassword(body.pop("mot_de_passe"), body.pop("confirmation"))
    return perform(complete_account, CompleteAccount(password=chosen, **body))


@blp.post("/invitations/accept")
@public
@blp.arguments(TokenSchema)
@blp.response(204)
def accept(body: dict[str, Any]) -> None:
    """Accept with an account that was completed and that nobody confirmed yet; the link is used."""
    perform(accept_by_link, UseLink(**body))


@blp.post("/invitations/renew")
@public
@blp.arguments(TokenSchema)
@blp.response(202, MessageSchema)
def renew(body: dict[str, Any]) -> Any:
    """Ask for a new link with a dead one; the answer is the same whatever the link was (M2)."""
    perform(ask_renewal, AskRenewal(Purpose.INVITATION, body["token"], client_address()))
    return {"message": M2.sentence}


@blp.get("/account/invitations")
@signed_in
@blp.arguments(page_args(), location="query")
@blp.response(200, page_schema(PendingSchema))
def mine(args: dict[str, Any]) -> Any:
    """What was sent to one's own address and waits until one accepts it (T1)."""
    items, total = query(to_accept, account_id=person(), **args)
    return page_of(items, total, **args)


@blp.post("/account/invitations/<uuid:delegation_id>/acceptance")
@signed_in
@blp.response(204)
def accept_mine(delegation_id: UUID) -> None:
    """Accept one; the company still confirms. 404 for another's."""
    perform(accept_delegations, AcceptDelegations(person(), [delegation_id]))


@blp.post("/account/invitations/acceptance")
@signed_in
@blp.arguments(AcceptanceSchema)
@blp.response(200, AcceptanceSchema)
def accept_several(body: dict[str, Any]) -> Any:
    """Accept several at once: which were accepted, now or before. What is not for one (any more) is left out; 404 when
    none of it is."""
    return {"delegation_ids": perform(accept_delegations, AcceptDelegations(person(), body["delegation_ids"]))}

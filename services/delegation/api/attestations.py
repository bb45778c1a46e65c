"""The proof of a mandate: have it attested, read it, and for anybody, ask whether a number holds (decision 61)."""

from typing import Any
from uuid import UUID

from flask import request

from backbone.web import blueprint, perform, principal, public, query, signed_in
from contracts.rules.networks import client_network
from services.delegation.api.attestation_schemas import (
    AttestationSchema,
    IssuedArgs,
    IssuedPage,
    StandingSchema,
    VerificationSchema,
)
from services.delegation.api.delegations import ONE
from services.delegation.queries.attestation import attestation
from services.delegation.queries.own_attestation import own_attestation
from services.delegation.queries.own_attestations import own_attestations
from services.delegation.use_cases.issue_attestation import IssueAttestation, issue_attestation
from services.delegation.use_cases.issue_own_attestation import IssueOwnAttestation, issue_own_attestation
from services.delegation.use_cases.verify_attestation import VerifyAttestation, verify_attestation

blp = blueprint("attestations", url_prefix="/v1")
ITS = f"{ONE}/attestation"
MINE = "/mandates/<uuid:delegation_id>/attestation"


@blp.get(ITS)
@signed_in
@blp.response(200, AttestationSchema)
def get_one(adherent_id: UUID, delegation_id: UUID) -> Any:
    """The attestation of the delegation as it is; 404 while none is issued."""
    me = principal().account_id
    return query(attestation, account_id=me, adherent_id=adherent_id, delegation_id=delegation_id)


@blp.post(ITS)
@signed_in
@blp.response(204)
def issue(adherent_id: UUID, delegation_id: UUID) -> None:
    """Issue it; again while nothing changed, it is the same one."""
    perform(issue_attestation, IssueAttestation(principal().account_id, adherent_id, delegation_id))


@blp.get(MINE)
@signed_in
@blp.response(200, AttestationSchema)
def get_mine(delegation_id: UUID) -> Any:
    """The attestation of my own delegation as it is; 404 while none is issued."""
    return query(own_attestation, account_id=principal().account_id, delegation_id=delegation_id)


@blp.post(MINE)
@signed_in
@blp.response(204)
def issue_mine(delegation_id: UUID) -> None:
    """Issue it; again while nothing changed, it is the same one."""
    perform(issue_own_attestation, IssueOwnAttestation(principal().account_id, delegation_id))


@blp.get("/mandates/attestations")
@signed_in
@blp.arguments(IssuedArgs, location="query")
@blp.response(200, IssuedPage)
def list_mine(args: dict[str, Any]) -> Any:
    """Those of my own delegations for one adhérent, as these are now."""
    adherent_id = args.pop("adherent")
    return query(own_attestations, account_id=principal().account_id, adherent_id=adherent_id, **args)


@blp.post("/attestations/verification")
@public
@blp.arguments(VerificationSchema)
@blp.response(200, StandingSchema)
def verify(body: dict[str, Any]) -> Any:
    """Whether what a number attests is in force today; of any other number or SIREN, that it is unknown. 429 M6."""
    client = client_network(request.remote_addr or "-")
    return {"state": perform(verify_attestation, VerifyAttestation(**body, client=client), idempotent=False)}

"""One delegation: see it, change it, close it, answer it (G19, G52).

Every act names in If-Match the version that its author was shown: 428 without, 412 with what changed (AA52).
"""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from backbone.web import blueprint, etag, perform, principal, query, require_version, signed_in
from contracts.words.reasons import LONGEST_REASON
from services.delegation.api.asking import counted
from services.delegation.api.schemas import (
    ChangeDelegationSchema,
    ClosingSchema,
    DelegationDetailSchema,
    DelegationPlaceSchema,
)
from services.delegation.api.typed import words_if_any
from services.delegation.queries.administered import administered
from services.delegation.queries.delegation_detail import delegation_detail
from services.delegation.steps.answering import AnswerDelegation
from services.delegation.steps.changing import ChangeDelegation
from services.delegation.use_cases.admit_change import admit_change
from services.delegation.use_cases.change_delegation import change_delegation
from services.delegation.use_cases.close_delegation import CloseDelegation, close_delegation
from services.delegation.use_cases.confirm_delegation import confirm_delegation
from services.delegation.use_cases.refuse_delegation import RefuseDelegation, refuse_delegation
from services.delegation.use_cases.request_invitation import RequestInvitation, request_invitation

blp = blueprint("delegations", url_prefix="/v1")
ONE = "/adherents/<uuid:adherent_id>/delegations/<uuid:delegation_id>"


class RefusalSchema(Schema):
    """Why it is refused, in words that both sides will read among ours; none is no reason."""

    reason = fields.Str(load_default="", validate=[validate.Length(max=LONGEST_REASON), words_if_any])


@blp.get("/delegations/<uuid:delegation_id>")
@signed_in
@blp.response(200, DelegationPlaceSchema)
def place(delegation_id: UUID) -> Any:
    """The adhérent of a delegation, for the link of a mail, which knows the id alone."""
    return query(administered, account_id=principal().account_id, delegation_id=delegation_id)


@blp.get(ONE)
@signed_in
@blp.response(200, DelegationDetailSchema)
def get_one(adherent_id: UUID, delegation_id: UUID) -> Any:
    """Visualisation; the ETag is the version a change must name."""
    mine = {"account_id": principal().account_id, "adherent_id": adherent_id}
    found = query(delegation_detail, **mine, delegation_id=delegation_id)
    return found, 200, etag(found["version"])


@blp.put(ONE)
@signed_in
@blp.arguments(ChangeDelegationSchema)
@blp.response(204)
def change(body: dict[str, Any], adherent_id: UUID, delegation_id: UUID) -> None:
    """Modification; to make an administrator needs a password given a moment ago (C8)."""
    given = principal().authenticated_at
    counted(admit_change, change_delegation, ChangeDelegation(*_shown(adherent_id, delegation_id), given, **body))


@blp.post(f"{ONE}/closing")
@signed_in
@blp.arguments(ClosingSchema)
@blp.response(204)
def close(body: dict[str, Any], adherent_id: UUID, delegation_id: UUID) -> None:
    """Fermeture."""
    perform(close_delegation, CloseDelegation(*_shown(adherent_id, delegation_id), **body))


@blp.post(f"{ONE}/confirmation")
@signed_in
@blp.response(204)
def confirm(adherent_id: UUID, delegation_id: UUID) -> None:
    """The company says yes."""
    perform(confirm_delegation, AnswerDelegation(*_shown(adherent_id, delegation_id)))


@blp.post(f"{ONE}/refusal")
@signed_in
@blp.arguments(RefusalSchema)
@blp.response(204)
def refuse(body: dict[str, Any], adherent_id: UUID, delegation_id: UUID) -> None:
    """The company says no, and why if it wants to."""
    perform(refuse_delegation, RefuseDelegation(*_shown(adherent_id, delegation_id), **body))


@blp.post(f"{ONE}/invitation")
@signed_in
@blp.response(202)
def invite_again(adherent_id: UUID, delegation_id: UUID) -> None:
    """A new link for the beneficiary."""
    perform(request_invitation, RequestInvitation(*_shown(adherent_id, delegation_id)))


def _shown(adherent_id: UUID, delegation_id: UUID) -> tuple[UUID | None, UUID, UUID, int]:
    """Who acts, on what, and the version that he was shown."""
    return principal().account_id, adherent_id, delegation_id, require_version()

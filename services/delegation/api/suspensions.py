"""A delegation that opens nothing for a while, and opens again: by who administers it."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from backbone.web import blueprint, perform, principal, require_version, signed_in
from services.delegation.api.asking import counted
from services.delegation.api.delegations import ONE
from services.delegation.use_cases.admit_resumption import admit_resumption
from services.delegation.use_cases.resume_delegation import ResumeDelegation, resume_delegation
from services.delegation.use_cases.suspend_delegation import SuspendDelegation, suspend_delegation

blp = blueprint("suspensions", url_prefix="/v1")


class SuspensionSchema(Schema):
    """Its last day: what was granted counts again from the next one."""

    until = fields.Date(required=True)


@blp.post(f"{ONE}/suspension")
@signed_in
@blp.arguments(SuspensionSchema)
@blp.response(204)
def suspend(body: dict[str, Any], adherent_id: UUID, delegation_id: UUID) -> None:
    """Suspendre: at once, up to that day."""
    shown = (principal().account_id, adherent_id, delegation_id, require_version())
    perform(suspend_delegation, SuspendDelegation(*shown, **body))


@blp.post(f"{ONE}/resumption")
@signed_in
@blp.response(204)
def resume(adherent_id: UUID, delegation_id: UUID) -> None:
    """Reprendre: to open administration again needs a password given a moment ago (C8)."""
    me = principal()
    shown = (me.account_id, adherent_id, delegation_id, require_version())
    counted(admit_resumption, resume_delegation, ResumeDelegation(*shown, authenticated_at=me.authenticated_at))

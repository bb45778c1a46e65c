"""More days that a beneficiary asked for: granted or refused by who administers his delegation."""

from typing import Any
from uuid import UUID

from backbone.web import blueprint, perform, principal, require_version, signed_in
from services.delegation.api.delegations import ONE, RefusalSchema
from services.delegation.use_cases.grant_prolongation import GrantProlongation, grant_prolongation
from services.delegation.use_cases.refuse_prolongation import RefuseProlongation, refuse_prolongation

blp = blueprint("prolongations", url_prefix="/v1")
ITS = f"{ONE}/prolongation"


@blp.post(ITS)
@signed_in
@blp.response(204)
def grant(adherent_id: UUID, delegation_id: UUID) -> None:
    """The end becomes the day that was asked for; it needs a password given a moment ago (C8)."""
    me = principal()
    shown = (me.account_id, adherent_id, delegation_id, require_version())
    perform(grant_prolongation, GrantProlongation(*shown, authenticated_at=me.authenticated_at))


@blp.post(f"{ITS}/refusal")
@signed_in
@blp.arguments(RefusalSchema)
@blp.response(204)
def refuse(body: dict[str, Any], adherent_id: UUID, delegation_id: UUID) -> None:
    """The end stays, and why if the company wants to say it."""
    shown = (principal().account_id, adherent_id, delegation_id, require_version())
    perform(refuse_prolongation, RefuseProlongation(*shown, **body))

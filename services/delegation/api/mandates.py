"""My own delegations (« Mes délégations »): see them, remind an administrator, ask for more days, give one up."""

from typing import Any
from uuid import UUID

from backbone.web import blueprint, etag, perform, principal, query, require_version, signed_in
from services.delegation.api.mandate_schemas import AskProlongationSchema, MandatesArgs, MandateSchema, MandatesPage
from services.delegation.queries.mandate import mandate
from services.delegation.queries.mandates import mandates
from services.delegation.use_cases.ask_prolongation import AskProlongation, ask_prolongation
from services.delegation.use_cases.remind_administrator import RemindAdministrator, remind_administrator
from services.delegation.use_cases.renounce_delegation import RenounceDelegation, renounce_delegation

blp = blueprint("mandates", url_prefix="/v1/mandates")
ONE = "/<uuid:delegation_id>"


@blp.get("")
@signed_in
@blp.arguments(MandatesArgs, location="query")
@blp.response(200, MandatesPage)
def list_mine(args: dict[str, Any]) -> Any:
    """All that I accepted, of every company."""
    return query(mandates, account_id=principal().account_id, **args)


@blp.get(ONE)
@signed_in
@blp.response(200, MandateSchema)
def get_mine(delegation_id: UUID) -> Any:
    """One of them; the ETag is the version that giving it up must name."""
    found = query(mandate, account_id=principal().account_id, delegation_id=delegation_id)
    return found, 200, etag(found["version"])


@blp.post(f"{ONE}/renunciation")
@signed_in
@blp.response(204)
def renounce(delegation_id: UUID) -> None:
    """It ends now, with what was delegated under it."""
    perform(renounce_delegation, RenounceDelegation(principal().account_id, delegation_id, require_version()))


@blp.post(f"{ONE}/reminder")
@signed_in
@blp.response(204)
def remind(delegation_id: UUID) -> None:
    """Have one administrator reminded that it waits, once in two days."""
    perform(remind_administrator, RemindAdministrator(principal().account_id, delegation_id))


@blp.post(f"{ONE}/prolongation")
@signed_in
@blp.arguments(AskProlongationSchema)
@blp.response(204)
def ask_for_more(body: dict[str, Any], delegation_id: UUID) -> None:
    """Ask its administrators for more days."""
    asked = AskProlongation(principal().account_id, delegation_id, require_version(), body["wanted_on"])
    perform(ask_prolongation, asked)

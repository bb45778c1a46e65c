"""New bank details (G78): who asks for them proves himself by a recent password and a code on his certified mobile."""

from typing import Any

from marshmallow import Schema, fields

from backbone.web import blueprint, perform, person, principal, signed_in
from services.identity.api.proving import client_address
from services.identity.api.schemas import CodeSchema, MaskedSchema
from services.identity.domain.refusals import CodeRefused
from services.identity.use_cases.prove_for_bank_details import ProveForBankDetails, prove_for_bank_details
from services.identity.use_cases.send_bank_code import SendBankCode, send_bank_code

blp = blueprint("bank_details")


class ForAdherentSchema(Schema):
    """Of which adhérent."""

    adherent_id = fields.UUID(required=True)


class ProofSchema(ForAdherentSchema, CodeSchema):
    """Of which adhérent, and the code that was sent for it."""


@blp.post("/account/bank-details/code")
@signed_in
@blp.arguments(ForAdherentSchema)
@blp.response(202, MaskedSchema)
def send_me_a_code(body: dict[str, Any]) -> Any:
    """Send a code, bound to this request, to one's own certified number; it needs a password given a moment ago."""
    asked = SendBankCode(person(), client_address(), principal().authenticated_at, **body)
    return perform(send_bank_code, asked)


@blp.post("/account/bank-details/proof")
@signed_in
@blp.arguments(ProofSchema)
@blp.response(204)
def prove_mine(body: dict[str, Any]) -> None:
    """Give the code back. The try is kept when it is wrong, so the refusal comes after the commit (M13)."""
    given = ProveForBankDetails(person(), principal().authenticated_at, **body)
    if not perform(prove_for_bank_details, given)["proved"]:
        raise CodeRefused

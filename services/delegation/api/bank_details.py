"""New bank details (G78): what a company's administrators asked, cancel, and go on with. They prove themselves at
identity's, whose event asks."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from backbone.web import blueprint, perform, principal, query, signed_in
from services.delegation.api.schemas import AdherentSchema
from services.delegation.queries.bank_details import bank_details
from services.delegation.use_cases.cancel_bank_request import CancelBankRequest, cancel_bank_request
from services.delegation.use_cases.use_bank_request import UseBankRequest, use_bank_request

blp = blueprint("bank_details", url_prefix="/v1/adherents/<uuid:adherent_id>/bank-details")


class BankRequestSchema(Schema):
    """One request: who asked, where it stands, and why it is over if it is."""

    request_id = fields.UUID()
    state = fields.Str()
    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    email = fields.Str()
    asked_at = fields.AwareDateTime()
    opens_at = fields.AwareDateTime()
    closes_at = fields.AwareDateTime()
    cancelled_at = fields.AwareDateTime(allow_none=True)
    cancelled_by = fields.Str(allow_none=True)
    spoiled_at = fields.AwareDateTime(allow_none=True)
    spoiled_by = fields.Str(allow_none=True)


class BankDetailsSchema(Schema):
    """The company, one's own newest request, and those of the others that wait or are open."""

    adherent = fields.Nested(AdherentSchema)
    mine = fields.Nested(BankRequestSchema, allow_none=True)
    others = fields.List(fields.Nested(BankRequestSchema))


@blp.get("")
@signed_in
@blp.response(200, BankDetailsSchema)
def get_bank_details(adherent_id: UUID) -> Any:
    """What was asked of this company, for who administers it himself."""
    return query(bank_details, account_id=principal().account_id, adherent_id=adherent_id)


@blp.post("/requests/<uuid:request_id>/cancellation")
@signed_in
@blp.response(204)
def cancel(adherent_id: UUID, request_id: UUID) -> None:
    """Cancel one, my own or another's."""
    perform(cancel_bank_request, CancelBankRequest(principal().account_id, adherent_id, request_id))


@blp.post("/passage")
@signed_in
@blp.response(204)
def go_on(adherent_id: UUID) -> None:
    """My request is open and I go on to the caisse's; as often as I like, so no key is kept for it."""
    perform(use_bank_request, UseBankRequest(principal().account_id, adherent_id), idempotent=False)

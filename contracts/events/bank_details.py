"""New bank details (G78): identity says who proved himself, delegation that it was asked and that it was cancelled. No
bank details are in any of them: they are typed at the caisse's."""

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.examples import ACCOUNT_ID, ADHERENT, ADHERENT_ID
from contracts.fields import AdherentRef, Name, Person, required
from contracts.words.bank_details import Spoiled

REQUEST_ID = "01930000-0000-7000-8000-0000000000ba"
PAUL = {"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"}
CLAIRE = {"email": "comptable@example.com", "nom": "Martin", "prenom": "Claire"}


class BankProofGivenData(Schema):
    """Whose it is, and for which adhérent he proved himself."""

    proof_id = required(fields.UUID)
    account_id = required(fields.UUID)
    adherent_id = required(fields.UUID)
    proved_at = required(fields.AwareDateTime)


class BankProofEndedData(Schema):
    """Which proof, and what changed of the account."""

    proof_id = required(fields.UUID)
    account_id = required(fields.UUID)
    reason = required(fields.Str, validate=validate.OneOf(tuple(Spoiled)))
    ended_at = required(fields.AwareDateTime)


class BankDetailsAskedData(Schema):
    """Who asked, for which adhérent, from when until when he may go on at the caisse's, and the administrators who are
    told: all of the company's, he among them."""

    request_id = required(fields.UUID)
    adherent = required(fields.Nested, nested=AdherentRef)
    asker = required(fields.Nested, nested=Person)
    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))
    asked_at = required(fields.AwareDateTime)
    opens_at = required(fields.AwareDateTime)
    closes_at = required(fields.AwareDateTime)


class BankDetailsCancelledData(Schema):
    """Whose request it was, who cancelled it, and who is told: him who asked, and the company's administrators."""

    request_id = required(fields.UUID)
    adherent = required(fields.Nested, nested=AdherentRef)
    asker = required(fields.Nested, nested=Person)
    author = required(Name)
    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))
    cancelled_at = required(fields.AwareDateTime)


BANK_PROOF_GIVEN = EventCard(
    type="bank_proof.given.v1",
    says="The owner of an account proved himself, by password and a code on his certified mobile, to ask for new bank"
    " details of an adhérent (G78).",
    producer="identity",
    consumers=("delegation",),
    key="proof_id",
    personal_data=True,
    since="2026-11",
    schema=BankProofGivenData,
    example={
        "proof_id": REQUEST_ID,
        "account_id": ACCOUNT_ID,
        "adherent_id": ADHERENT_ID,
        "proved_at": "2026-11-23T09:00:00+00:00",
    },
)

BANK_PROOF_ENDED = EventCard(
    type="bank_proof.ended.v1",
    says="The mobile, the password or the address of who had proved himself for new bank details changed: what he asked"
    " for is closed (G78).",
    producer="identity",
    consumers=("delegation",),
    key="proof_id",
    personal_data=True,
    since="2026-11",
    schema=BankProofEndedData,
    example={
        "proof_id": REQUEST_ID,
        "account_id": ACCOUNT_ID,
        "reason": Spoiled.PASSWORD,
        "ended_at": "2026-11-23T10:00:00+00:00",
    },
)

BANK_DETAILS_ASKED = EventCard(
    type="bank_details.asked.v1",
    says="An administrator asked to give new bank details of his company: all of its administrators are told (G78).",
    producer="delegation",
    consumers=("notification",),
    key="request_id",
    personal_data=True,
    since="2026-11",
    schema=BankDetailsAskedData,
    example={
        "request_id": REQUEST_ID,
        "adherent": ADHERENT,
        "asker": CLAIRE,
        "administrators": [PAUL, CLAIRE],
        "asked_at": "2026-11-23T09:00:00+00:00",
        "opens_at": "2026-11-25T09:00:00+00:00",
        "closes_at": "2026-12-02T09:00:00+00:00",
    },
)

BANK_DETAILS_CANCELLED = EventCard(
    type="bank_details.cancelled.v1",
    says="An administrator cancelled what another one, or he himself, had asked: nothing opens (G78).",
    producer="delegation",
    consumers=("notification",),
    key="request_id",
    personal_data=True,
    since="2026-11",
    schema=BankDetailsCancelledData,
    example={
        "request_id": REQUEST_ID,
        "adherent": ADHERENT,
        "asker": CLAIRE,
        "author": "Paul Durand",
        "administrators": [PAUL, CLAIRE],
        "cancelled_at": "2026-11-23T11:00:00+00:00",
    },
)

CARDS = (BANK_PROOF_GIVEN, BANK_PROOF_ENDED, BANK_DETAILS_ASKED, BANK_DETAILS_CANCELLED)

"""What identity announces of the address one logs in with: another one (G75, T5), certified again (G54)."""

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.examples import ACCOUNT_ID, SEALED
from contracts.fields import ADDRESS, SEALED_TEXT, Name, optional, required
from contracts.words.reasons import Undone

CHANGE_ID = "01930000-0000-7000-8000-0000000000e5"


class Moved(Schema):
    """An account on its way from one address to another."""

    change_id = required(fields.UUID)
    account_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    new_email = required(fields.Str, validate=ADDRESS)
    prenom = optional(Name)


class IdentifierChangeRequestedData(Moved):
    """Two links: `sealed_activation` is the new address's until `expires_at`, `sealed_undo` the former one's.

    Each opens to {"token": …}. The account is disabled until one of them is used, or `expires_at`.
    """

    requested_at = required(fields.AwareDateTime)
    expires_at = required(fields.AwareDateTime)
    undo_expires_at = required(fields.AwareDateTime)
    sealed_activation = required(fields.Str, validate=SEALED_TEXT)
    sealed_undo = required(fields.Str, validate=SEALED_TEXT)


class IdentifierChangedData(Moved):
    """The new address was proved: it is the account's. The former one can undo that until `undo_expires_at`."""

    changed_at = required(fields.AwareDateTime)
    undo_expires_at = required(fields.AwareDateTime)


class IdentifierChangeUndoneData(Moved):
    """The account has its former address `email` and is active: « annulation » from that address, « echeance » when
    the new one was not proved in time. `proved`: whether it had been.

    An « annulation » ends the password: `sealed` opens to {"token": …}, the link that makes another until
    `reset_expires_at`; for the mailbox `email` alone. Events of before have neither.
    """

    proved = required(fields.Bool)
    reason = required(fields.Str, validate=validate.OneOf(tuple(Undone)))
    undone_at = required(fields.AwareDateTime)
    sealed = fields.Str(allow_none=True, validate=SEALED_TEXT)
    reset_expires_at = fields.AwareDateTime(allow_none=True)


class IdentifierChangeRefusedData(Schema):
    """`email` is somebody's already: its owner is told that it was asked for, and not by whom (AA18)."""

    attempt_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    attempted_at = required(fields.AwareDateTime)


class AddressCertificationRequestedData(Schema):
    """A link to certify the address again. `ends_at` is when the account is suspended without it, or was.

    `sealed` opens to {"token": …}; it is of use until `expires_at`.
    """

    certification_id = required(fields.UUID)
    account_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    prenom = optional(Name)
    suspended = required(fields.Bool)
    ends_at = required(fields.AwareDateTime)
    expires_at = required(fields.AwareDateTime)
    sealed = required(fields.Str, validate=SEALED_TEXT)


MOVED = {
    "change_id": CHANGE_ID,
    "account_id": ACCOUNT_ID,
    "email": "comptable@example.com",
    "new_email": "claire.martin@example.com",
    "prenom": "Claire",
}

IDENTIFIER_CHANGE_REQUESTED = EventCard(
    type="identifier_change.requested.v1",
    says="The owner of an account asked to log in with another address; the account waits for its proof (G75, T5).",
    producer="identity",
    consumers=("notification",),
    key="change_id",
    personal_data=True,
    since="2026-11",
    schema=IdentifierChangeRequestedData,
    example={
        **MOVED,
        "requested_at": "2026-11-23T09:00:00+00:00",
        "expires_at": "2026-11-24T09:00:00+00:00",
        "undo_expires_at": "2026-11-26T09:00:00+00:00",
        "sealed_activation": SEALED,
        "sealed_undo": SEALED,
    },
)

IDENTIFIER_CHANGED = EventCard(
    type="identifier.changed.v1",
    says="The new address of an account was proved and is its identifiant (G75).",
    producer="identity",
    consumers=("notification",),
    key="change_id",
    personal_data=True,
    since="2026-11",
    schema=IdentifierChangedData,
    example={
        **MOVED,
        "changed_at": "2026-11-23T10:00:00+00:00",
        "undo_expires_at": "2026-11-26T09:00:00+00:00",
    },
)

IDENTIFIER_CHANGE_UNDONE = EventCard(
    type="identifier_change.undone.v1",
    says="An account keeps its former address, or has it again, and is active (T5).",
    producer="identity",
    consumers=("notification",),
    key="change_id",
    personal_data=True,
    since="2026-11",
    schema=IdentifierChangeUndoneData,
    example={
        **MOVED,
        "proved": False,
        "reason": Undone.ANNULATION,
        "undone_at": "2026-11-23T11:00:00+00:00",
        "sealed": SEALED,
        "reset_expires_at": "2026-11-23T12:00:00+00:00",
    },
)

IDENTIFIER_CHANGE_REFUSED = EventCard(
    type="identifier_change.refused.v1",
    says="Somebody asked for an address that another account has; nothing changed (AA18).",
    producer="identity",
    consumers=("notification",),
    key="attempt_id",
    personal_data=True,
    since="2026-11",
    schema=IdentifierChangeRefusedData,
    example={
        "attempt_id": "01930000-0000-7000-8000-0000000000e6",
        "email": "comptable@example.com",
        "attempted_at": "2026-11-23T09:00:00+00:00",
    },
)

ADDRESS_CERTIFICATION_REQUESTED = EventCard(
    type="address_certification.requested.v1",
    says="An address is to be certified again: soon, or its account is suspended until then (G54).",
    producer="identity",
    consumers=("notification",),
    key="certification_id",
    personal_data=True,
    since="2026-11",
    schema=AddressCertificationRequestedData,
    example={
        "certification_id": "01930000-0000-7000-8000-0000000000e7",
        "account_id": ACCOUNT_ID,
        "email": "comptable@example.com",
        "prenom": "Claire",
        "suspended": False,
        "ends_at": "2026-12-08T09:00:00+00:00",
        "expires_at": "2026-11-30T09:00:00+00:00",
        "sealed": SEALED,
    },
)

CARDS = (
    IDENTIFIER_CHANGE_REQUESTED,
    IDENTIFIER_CHANGED,
    IDENTIFIER_CHANGE_UNDONE,
    IDENTIFIER_CHANGE_REFUSED,
    ADDRESS_CERTIFICATION_REQUESTED,
)

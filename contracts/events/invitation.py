"""Where the invitation of a delegation stands, told to delegation: what was made, what waits, what left (K6, G41).

Neither carries a link: `invitation.issued` does, sealed, for notification alone.
"""

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.examples import DELEGATION_ID
from contracts.fields import ADDRESS, optional, required
from contracts.words.statuses import Outcome, WaitsFor

INVITATION_ID = "01930000-0000-7000-8000-0000000000e1"


class InvitationStandingData(Schema):
    """The newest link of a pending delegation, and the next one that will leave by itself.

    `invitation_id`, `issued_at`, `expires_at`: null before the first link. `next_at`: when a link is made without
    anybody asking (the limit's window opens: « limite »; an address that somebody leaves is free again:
    « adresse_retenue »); null when none waits. `opened_at`: when the link was first opened, by its reader or by what
    checks the links of a mailbox; null or absent when it was not. The event's sequence counts the standings of one
    delegation.
    """

    delegation_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    invitation_id = optional(fields.UUID)
    issued_at = optional(fields.AwareDateTime)
    expires_at = optional(fields.AwareDateTime)
    opened_at = fields.AwareDateTime(allow_none=True)
    next_at = optional(fields.AwareDateTime)
    waits_for = optional(fields.Str, validate=validate.OneOf(tuple(WaitsFor)))


class InvitationDeliveredData(Schema):
    """What became of the mail of one link: « envoye », the mail server took it; « echec », it will never leave."""

    invitation_id = required(fields.UUID)
    delegation_id = required(fields.UUID)
    outcome = required(fields.Str, validate=validate.OneOf(tuple(Outcome)))
    at = required(fields.AwareDateTime)


INVITATION_STANDING = EventCard(
    type="invitation.standing.v1",
    says="A link was made for a pending delegation, was opened, or waits for its time (C4, K6).",
    producer="identity",
    consumers=("delegation",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=InvitationStandingData,
    example={
        "delegation_id": DELEGATION_ID,
        "email": "comptable@example.com",
        "invitation_id": INVITATION_ID,
        "issued_at": "2026-11-23T09:00:00+00:00",
        "expires_at": "2026-11-30T09:00:00+00:00",
        "opened_at": "2026-11-24T08:30:00+00:00",
        "next_at": None,
        "waits_for": None,
    },
)

INVITATION_DELIVERED = EventCard(
    type="invitation.delivered.v1",
    says="The mail of an invitation left, or never will (K6).",
    producer="notification",
    consumers=("delegation",),
    key="invitation_id",
    personal_data=False,
    since="2026-11",
    schema=InvitationDeliveredData,
    example={
        "invitation_id": INVITATION_ID,
        "delegation_id": DELEGATION_ID,
        "outcome": Outcome.ENVOYE,
        "at": "2026-11-23T09:00:02+00:00",
    },
)

CARDS = (INVITATION_STANDING, INVITATION_DELIVERED)

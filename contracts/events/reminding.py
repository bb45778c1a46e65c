"""So that nothing waits or ends unnoticed, delegation announces: reminders, warnings, prolongations (decision 54)."""

from marshmallow import fields, validate

from backbone.events.cards import EventCard
from contracts.events.told import TOLD, ToldState
from contracts.examples import COMPLETED_DELEGATION, CONFIRMED_DELEGATION
from contracts.fields import Person, required
from contracts.terms import DelegationState
from contracts.words.reasons import LONGEST_REASON

PAUL = {"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"}
ENDING = {**CONFIRMED_DELEGATION, "ends_on": "2026-12-31"}


class ConfirmationAwaitedData(DelegationState):
    """The state, whom to remind that it waits for their word, whether its beneficiary asks it, and when."""

    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))
    by_beneficiary = required(fields.Bool)
    reminded_at = required(fields.AwareDateTime)


class DelegationEndingData(DelegationState):
    """The state, and how many days before its end the warning is: 30 or 7."""

    days = required(fields.Int, validate=validate.Range(1, 366))


class ProlongationRequestedData(DelegationState):
    """The state, the last day that its beneficiary wishes, and the administrators who may answer."""

    wanted_on = required(fields.Date)
    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))


class ProlongationRefusedData(ToldState):
    """The state, which stays; the last day that was wished; and why it is refused, if that was said."""

    wanted_on = required(fields.Date)
    reason = fields.Str(validate=validate.Length(max=LONGEST_REASON))


CONFIRMATION_AWAITED = EventCard(
    type="confirmation.awaited.v1",
    says="A delegation still waits for the word of its administrators: those named are reminded of it (G52).",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=ConfirmationAwaitedData,
    example={
        **COMPLETED_DELEGATION,
        "administrators": [PAUL],
        "by_beneficiary": True,
        "reminded_at": "2026-11-25T10:00:00+00:00",
    },
)

DELEGATION_ENDING = EventCard(
    type="delegation.ending.v1",
    says="A delegation in force ends in 30 or 7 days: its beneficiary is warned (G26).",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationEndingData,
    example={**ENDING, "days": 30},
)

PROLONGATION_REQUESTED = EventCard(
    type="prolongation.requested.v1",
    says="The beneficiary of a delegation that ends soon asks for more days.",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=ProlongationRequestedData,
    example={**ENDING, "wanted_on": "2027-12-31", "administrators": [PAUL]},
)

PROLONGATION_REFUSED = EventCard(
    type="prolongation.refused.v1",
    says="An administrator refused the days that were asked for: the delegation ends as it did.",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=ProlongationRefusedData,
    example={**ENDING, "wanted_on": "2027-12-31", "reason": "Le chantier est terminé.", **TOLD},
)

CARDS = (CONFIRMATION_AWAITED, DELEGATION_ENDING, PROLONGATION_REQUESTED, PROLONGATION_REFUSED)

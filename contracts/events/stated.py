"""What an owner says again when its database was restored: each aggregate as it now stands, then that this was all.

Only projections listen to these: nobody is written to because of them (docs/decisions/0028).
"""

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.events.delegation import ALL_SITES
from contracts.examples import ACCOUNT, ADHERENT_WITH_SITES, CONFIRMED_DELEGATION
from contracts.fields import WORD, AccountState, AdherentState, required
from contracts.terms import DelegationState

BEFORE_ALL = "01930000-0000-7000-8000-000000000000"  # older than what a test says


class StateAnnouncedData(Schema):
    """`owner` said in `epoch` all that it has: how many of each kind. What it did not say is over.

    An announcement of the version before carries no `after`."""

    owner = required(fields.Str, validate=WORD)
    epoch = required(fields.Int, validate=validate.Range(0, 2**53))
    after = fields.UUID()  # every event that says one of them has an id between this one and that of the end
    said = required(fields.Dict, keys=fields.Str(validate=WORD), values=fields.Int(validate=validate.Range(0, 2**53)))


ADHERENT_STATED = EventCard(
    type="adherent.stated.v1",
    says="An adhérent and its sites déclarants, said again as they stand.",
    producer="delegation",
    consumers=("dsn", "contact"),
    key="adherent_id",
    personal_data=False,
    since="2026-11",
    schema=AdherentState,
    example=ADHERENT_WITH_SITES,
    largest=ALL_SITES,
)

DELEGATION_STATED = EventCard(
    type="delegation.stated.v1",
    says="A delegation that is not over, said again as it stands.",
    producer="delegation",
    consumers=("identity", "notification", "dsn", "contact"),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationState,
    example=CONFIRMED_DELEGATION,
)

DELEGATION_STATE_ANNOUNCED = EventCard(
    type="delegation_state.announced.v1",
    says="delegation said again all its adhérents, and its delegations that are not over; what it did not say is over.",
    producer="delegation",
    consumers=("identity", "notification", "dsn", "contact"),
    key="owner",
    personal_data=False,
    since="2026-11",
    schema=StateAnnouncedData,
    example={
        "owner": "delegation",
        "epoch": 1,
        "after": BEFORE_ALL,
        "said": {"adherents": 0, "delegations": 0},
    },
)

ACCOUNT_STATED = EventCard(
    type="account.stated.v1",
    says="An account that somebody completed, said again as it stands.",
    producer="identity",
    consumers=("delegation", "notification", "contact"),
    key="account_id",
    personal_data=True,
    since="2026-11",
    schema=AccountState,
    example=ACCOUNT,
)

IDENTITY_STATE_ANNOUNCED = EventCard(
    type="identity_state.announced.v1",
    says="identity said again all its accounts, and where invitations stand; what it did not say is over.",
    producer="identity",
    consumers=("delegation", "notification", "contact"),
    key="owner",
    personal_data=False,
    since="2026-11",
    schema=StateAnnouncedData,
    example={"owner": "identity", "epoch": 1, "after": BEFORE_ALL, "said": {"accounts": 0, "invitations": 0}},
)

CARDS = (
    ADHERENT_STATED,
    DELEGATION_STATED,
    DELEGATION_STATE_ANNOUNCED,
    ACCOUNT_STATED,
    IDENTITY_STATE_ANNOUNCED,
)

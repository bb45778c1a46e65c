"""What delegation announces: adhérents with their sites, and delegations. Each carries its whole state."""

from marshmallow import Schema, fields

from backbone.events.cards import EventCard
from contracts.events.told import (
    TOLD,
    DelegationChangedData,
    DelegationClosedData,
    DelegationRefusedData,
    DelegationStartedData,
    ToldState,
)
from contracts.examples import (
    ADHERENT_WITH_SITES,
    COMPLETED_DELEGATION,
    CONFIRMED_DELEGATION,
    DELEGATION,
)
from contracts.fields import ADDRESS, AdherentRef, AdherentState, Person, required
from contracts.terms import TERMS, DelegationState
from contracts.words.changes import Cause
from contracts.words.functions import DECLARATIONS_NOMINATIVES
from contracts.words.levels import Level
from contracts.words.reasons import Closed

ALL_SITES = 2 * 1024 * 1024  # bytes: the one list without an end, 200 to 400 bytes a site
ACCESS = ("identity", "notification", "dsn", "contact")


class DelegationOpenedData(DelegationState):
    """The state, and the name of who opened it (null names: the caisse's referential did)."""

    opened_by = required(fields.Nested, nested=Person)


class DelegationCompletedData(DelegationState):
    """The state, and the administrators who may confirm it (G52)."""

    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))
    already_known = required(fields.Bool)


class DelegationReaddressedData(DelegationState):
    """The state with the new address, the former one, and the administrators to tell (G75)."""

    former_email = required(fields.Str, validate=ADDRESS)
    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))


class FounderReplacedData(Schema):
    """The new delegation and its adhérent, who was replaced, who is named, and the other administrators to tell."""

    delegation_id = required(fields.UUID)
    adherent = required(fields.Nested, nested=AdherentRef)
    former = required(fields.Nested, nested=Person)
    founder = required(fields.Nested, nested=Person)
    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))


class InvitationRequestedData(Schema):
    """An administrator asks for a new link for a pending delegation."""

    delegation_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)


ADHERENT_REGISTERED = EventCard(
    type="adherent.registered.v1",
    says="An adhérent entered the referential, with its sites déclarants.",
    producer="delegation",
    consumers=("dsn", "contact"),
    key="adherent_id",
    personal_data=False,
    since="2026-11",
    schema=AdherentState,
    example=ADHERENT_WITH_SITES,
    largest=ALL_SITES,
)

ADHERENT_UPDATED = EventCard(
    type="adherent.updated.v1",
    says="An adhérent or one of its sites déclarants changed in the referential.",
    producer="delegation",
    consumers=("dsn", "contact"),
    key="adherent_id",
    personal_data=False,
    since="2026-11",
    schema=AdherentState,
    example={**ADHERENT_WITH_SITES, "raison_sociale": "ENTREPRISE DURAND ET FILS"},
    largest=ALL_SITES,
)

DELEGATION_OPENED = EventCard(
    type="delegation.opened.v1",
    says="Rights were delegated to an address; its owner has still to be identified (G24–G40).",
    producer="delegation",
    consumers=("identity",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationOpenedData,
    example={
        **DELEGATION,
        "opened_by": {"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"},
    },
)

INVITATION_REQUESTED = EventCard(
    type="invitation.requested.v1",
    says="A new link is wanted for the beneficiary of a pending delegation; the former one dies.",
    producer="delegation",
    consumers=("identity",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=InvitationRequestedData,
    example={"delegation_id": DELEGATION["delegation_id"], "email": "comptable@example.com"},
)

DELEGATION_COMPLETED = EventCard(
    type="delegation.completed.v1",
    says="The beneficiary is identified; an administrator has to confirm (G51, G52).",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationCompletedData,
    example={
        **COMPLETED_DELEGATION,
        "administrators": [{"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"}],
        "already_known": False,
    },
)

DELEGATION_CONFIRMED = EventCard(
    type="delegation.confirmed.v1",
    says="An administrator confirmed: the rights are in force on their days (G52, C9).",
    producer="delegation",
    consumers=ACCESS,
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=ToldState,
    example={**CONFIRMED_DELEGATION, **TOLD},
    urgent=True,
)

DELEGATION_REFUSED = EventCard(
    type="delegation.refused.v1",
    says="An administrator refused the delegation of an identified beneficiary.",
    producer="delegation",
    consumers=("identity", "notification"),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationRefusedData,
    example={
        **COMPLETED_DELEGATION,
        "refused_at": "2026-11-23T11:00:00+00:00",
        "reason": "Cette personne a quitté le cabinet.",
        **TOLD,
    },
)

DELEGATION_STARTED = EventCard(
    type="delegation.started.v1",
    says="The date d'effet of a delegation that was confirmed before has come: it is open from today (G24).",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationStartedData,
    example={
        **CONFIRMED_DELEGATION,
        "starts_on": "2026-12-01",
        "suspended_until": None,
        "told": [{"email": "petit@example.com", "nom": "Petit", "prenom": "Luc"}],
    },
)

DELEGATION_CHANGED = EventCard(
    type="delegation.changed.v1",
    says="The rights or the dates of a confirmed delegation changed, here or in the delegation that bounds it (C10).",
    producer="delegation",
    consumers=("notification", "dsn", "contact"),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationChangedData,
    example={
        **CONFIRMED_DELEGATION,
        "rights": {DECLARATIONS_NOMINATIVES: Level.CONSULTATION},
        "before": TERMS,
        "cause": Cause.MODIFICATION,
        "suspended_until": None,
        "below": 0,
        **TOLD,
    },
    urgent=True,
)

DELEGATION_CLOSED = EventCard(
    type="delegation.closed.v1",
    says="A delegation ended, by a person or at its date de fin: nothing is open on it any more (G19, G26).",
    producer="delegation",
    consumers=ACCESS,
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationClosedData,
    example={
        **CONFIRMED_DELEGATION,
        "closed_at": "2026-12-01T08:00:00+00:00",
        "reason": Closed.FERMETURE,
        "administrators": [{"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"}],
        "below": 0,
        "renounced": False,
        **TOLD,
    },
    urgent=True,
)

DELEGATION_READDRESSED = EventCard(
    type="delegation.readdressed.v1",
    says="The beneficiary of a delegation logs in with another address; its administrators are told (G75).",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=DelegationReaddressedData,
    example={
        **CONFIRMED_DELEGATION,
        "former_email": "c.martin@example.com",
        "administrators": [{"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"}],
    },
)

FOUNDER_REPLACED = EventCard(
    type="founder.replaced.v1",
    says="The caisse named another founding administrator of an adhérent; its other administrators are told.",
    producer="delegation",
    consumers=("notification",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=FounderReplacedData,
    example={
        "delegation_id": DELEGATION["delegation_id"],
        "adherent": DELEGATION["adherent"],
        "former": {"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"},
        "founder": {"email": "martin@example.com", "nom": "Martin", "prenom": "Claire"},
        "administrators": [{"email": "petit@example.com", "nom": "Petit", "prenom": "Luc"}],
    },
)

CARDS = (
    ADHERENT_REGISTERED,
    ADHERENT_UPDATED,
    DELEGATION_OPENED,
    INVITATION_REQUESTED,
    DELEGATION_COMPLETED,
    DELEGATION_CONFIRMED,
    DELEGATION_REFUSED,
    DELEGATION_STARTED,
    DELEGATION_CHANGED,
    DELEGATION_CLOSED,
    DELEGATION_READDRESSED,
    FOUNDER_REPLACED,
)

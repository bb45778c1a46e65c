"""What a delegation grants, said alike by each event about one and by delegation's answers; beside it, their example.

What somebody may ask for is the same, judged by the rules of delegation.
"""

from typing import Any

from marshmallow import Schema, fields, validate

from contracts.fields import ADDRESS, WORD, AdherentRef, Name, optional, required
from contracts.words.colleges import COLLEGES
from contracts.words.functions import DECLARATIONS_NOMINATIVES, MA_SITUATION_DE_COMPTE
from contracts.words.kinds import Kind
from contracts.words.levels import Level


class Days(Schema):
    """From which day to which; no last day means until it is closed."""

    starts_on = required(fields.Date)
    ends_on = optional(fields.Date)


class Terms(Days):
    """What it opens on these days. A field that comes later may be left out: events of before lack it.

    `rights` maps a function of the catalogue to its level; a function with no right is absent. An administrator has
    every function « mise_a_jour ».
    """

    administrator = required(fields.Bool)
    colleges = required(fields.List, cls_or_instance=fields.Str(validate=WORD))
    rights = required(
        fields.Dict, keys=fields.Str(validate=WORD), values=fields.Str(validate=validate.OneOf(tuple(Level)))
    )


TERMS: dict[str, Any] = {
    "starts_on": "2026-11-23",
    "ends_on": None,
    "administrator": False,
    "colleges": list(COLLEGES),
    "rights": {DECLARATIONS_NOMINATIVES: Level.MISE_A_JOUR, MA_SITUATION_DE_COMPTE: Level.CONSULTATION},
}


class Beneficiary(Schema):
    """The person a delegation is for; `account_id` and names are null until the account is identified."""

    email = required(fields.Str, validate=ADDRESS)
    account_id = optional(fields.UUID)
    nom = optional(Name)
    prenom = optional(Name)


class Held(Schema):
    """Whose delegation it is, and of which adhérent."""

    delegation_id = required(fields.UUID)
    parent_id = optional(fields.UUID)
    adherent = required(fields.Nested, nested=AdherentRef)
    beneficiary = required(fields.Nested, nested=Beneficiary)
    kind = required(fields.Str, validate=validate.OneOf(tuple(Kind)))


class DelegationState(Terms, Held):
    """A whole delegation. What it grants is what is in force, already bounded by a parent's (C10).

    Usable on a day iff confirmed_at, no closed_at, starts_on ≤ day ≤ ends_on (C9).
    """

    opened_at = required(fields.AwareDateTime)
    completed_at = optional(fields.AwareDateTime)
    confirmed_at = optional(fields.AwareDateTime)
    refused_at = optional(fields.AwareDateTime)
    closed_at = optional(fields.AwareDateTime)

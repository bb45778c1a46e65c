"""What the events of a delegation carry for both sides to be told: what was, who acted as each reader may read him,
whom to tell (docs/decisions/0053). A field that an event gained may be left out: events of before lack it."""

from marshmallow import fields, validate

from contracts.fields import WORD, Name, Person, required
from contracts.terms import DelegationState, Terms
from contracts.words.reasons import LONGEST_REASON

MOST_BELOW = validate.Range(0, 1_000_000)
TOLD = {
    "author": "Paul Durand",
    "told": [{"email": "petit@example.com", "nom": "Petit", "prenom": "Luc", "author": "Paul Durand"}],
}


class Told(Person):
    """Somebody to tell of what a person did, and the name of that person as this reader may read it (K10)."""

    author = Name()


class ToldState(DelegationState):
    """The state, who made it so, as the beneficiary may read him, and the other administrators to tell: those who
    administer the delegation, without its beneficiary and without who acted. An event of before says neither."""

    author = Name()
    told = fields.List(fields.Nested(Told))


class DelegationChangedData(ToldState):
    """The state, what the delegation was worth before, and why it changed. `suspended_until`: the last day on which it
    opens nothing, after somebody suspended it (`cause` « suspension »). `below`: how many delegations under it
    changed with it; each is announced by its own event, whose beneficiary alone is told."""

    before = fields.Nested(Terms)
    cause = fields.Str(validate=WORD)
    suspended_until = fields.Date(allow_none=True)
    below = fields.Int(validate=MOST_BELOW)


class DelegationClosedData(ToldState):
    """The state, and why: « fermeture » by a person, « echeance » at its date de fin (G26), « remplacement » by the
    caisse, which named another founding administrator, or by the system itself « personne_en_double » (K2) or
    « adresse_quittee » (K1): then `administrators` are told of it. `told` are told of what a person closed;
    `renounced`: that was its beneficiary, who gave it up."""

    reason = required(fields.Str, validate=WORD)
    administrators = fields.List(fields.Nested(Person))
    below = fields.Int(validate=MOST_BELOW)
    renounced = fields.Bool()


class DelegationRefusedData(ToldState):
    """The state, and why, if who refused it said so: his words, which both sides read."""

    reason = fields.Str(validate=validate.Length(max=LONGEST_REASON))


class DelegationStartedData(DelegationState):
    """The state, and the administrators to tell: those who administer it, without its beneficiary. `suspended_until`:
    the last day of the suspension after which it opens again; null when it opens for the first time."""

    suspended_until = fields.Date(allow_none=True)
    told = required(fields.List, cls_or_instance=fields.Nested(Person))

"""What dsn announces: the alerts of the sites déclarants. Each event carries the whole alert as it now stands.

The aggregate is the alert: its id is the subject, its version the sequence, so the highest sequence of an alert wins
whatever order they come in (docs/decisions/0045). There is one alert per site, month and kind for ever: it reopens.
"""

from typing import Any

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.events.stated import BEFORE_ALL, StateAnnouncedData
from contracts.events.uses import UseData, use_example
from contracts.examples import ACCOUNT_ID, ADHERENT, SITE_ID
from contracts.fields import TITLE, WORD, AdherentRef, Name, optional, required
from contracts.words.alerts import AlertChange, AlertKind, AlertStatus
from contracts.words.functions import DSN

ALERT_ID = "01930000-0000-7000-8000-0000000000a9"


class AlertState(Schema):
    """An alert about the DSN of one month of a site déclarant. Never a NIR, a person's name or an amount.

    `periode` is « AAAA-MM ». `message` is what people read of it, as the guide writes it. `kind` is what they can tell
    apart (A missing or refused, B to rectify), `reason` the finer cause, `rule` the rule of docs/dsn.md that said so.
    `status`: OPEN counts, IN_CORRECTION does not (the proof of a correction is there, its answer is not), RESOLVED and
    CANCELLED are over: then `ended_at` and `resolution` say when and why.
    `opened_at`: since when it is open this time; a reopening within 24 h of its end goes on with the former one.
    `correction_by`, `correction_since`: the account that said « Je m'en occupe », while it holds; it goes on counting.
    `open_alerts`: how many alerts of the site count, after this.
    """

    alert_id = required(fields.UUID)
    adherent = required(fields.Nested, nested=AdherentRef)
    site_id = required(fields.UUID)
    siret = required(fields.Str, validate=WORD)
    nom = required(Name)
    periode = required(fields.Str, validate=WORD)
    kind = required(fields.Str, validate=validate.OneOf(tuple(AlertKind)))
    message = required(fields.Str, validate=TITLE)
    reason = required(fields.Str, validate=WORD)
    status = required(fields.Str, validate=validate.OneOf(tuple(AlertStatus)))
    rule = required(fields.Str, validate=WORD)
    raised_at = required(fields.AwareDateTime)
    opened_at = required(fields.AwareDateTime)
    reopened_count = required(fields.Int, validate=validate.Range(0))
    correction_by = optional(fields.UUID)
    correction_since = optional(fields.AwareDateTime)
    ended_at = optional(fields.AwareDateTime)
    resolution = optional(fields.Str, validate=WORD)
    open_alerts = required(fields.Int, validate=validate.Range(0))


class AlertChangedData(AlertState):
    """The state, and what happened: `change` (a word of `AlertChange`), `by` the account whose act it was (null: a
    fact or the clock). `quiet`: nobody is to be written to about it, for it is no news: months already past when a
    site entered, an import of history, a reopening within 24 h of its end."""

    change = required(fields.Str, validate=WORD)
    by = optional(fields.UUID)
    quiet = required(fields.Bool)


_OPEN: dict[str, Any] = {
    "alert_id": ALERT_ID,
    "adherent": ADHERENT,
    "site_id": SITE_ID,
    "siret": "73282932000074",
    "nom": "Siège",
    "periode": "2026-10",
    "kind": AlertKind.MISSING,
    "message": "DSN Octobre 2026: Anomalie dans le traitement / Déclaration manquante",
    "reason": "MISSING",
    "status": AlertStatus.OPEN,
    "rule": "R4",
    "raised_at": "2026-11-24T11:00:00.000001+00:00",
    "opened_at": "2026-11-24T11:00:00.000001+00:00",
    "reopened_count": 0,
    "correction_by": None,
    "correction_since": None,
    "ended_at": None,
    "resolution": None,
    "open_alerts": 1,
}
_TAKEN = {**_OPEN, "correction_by": ACCOUNT_ID, "correction_since": "2026-11-25T09:00:00+00:00"}
_OVER = {
    **_OPEN,
    "status": AlertStatus.RESOLVED,
    "rule": "R10",
    "ended_at": "2026-11-26T09:00:00+00:00",
    "resolution": "RECEIVED",
    "open_alerts": 0,
}

ALERT_OPENED = EventCard(
    type="alert.opened.v1",
    says="An alert about the DSN of a month waits for its company: raised, or open again after it was over or "
    "a correction failed.",
    producer="dsn",
    consumers=("notification",),
    key="alert_id",
    personal_data=False,
    since="2026-11",
    schema=AlertChangedData,
    example={**_OPEN, "change": AlertChange.RAISED, "by": None, "quiet": False},
)

ALERT_CHANGED = EventCard(
    type="alert.changed.v1",
    says="An alert that is not over changed: its reason, somebody who takes care of it, the proof of a correction.",
    producer="dsn",
    consumers=("notification",),
    key="alert_id",
    personal_data=False,
    since="2026-11",
    schema=AlertChangedData,
    example={**_TAKEN, "change": AlertChange.TAKEN, "by": ACCOUNT_ID, "quiet": False},
)

ALERT_RESOLVED = EventCard(
    type="alert.resolved.v1",
    says="An alert is over: resolved by a proof, or cancelled because nothing is expected any more.",
    producer="dsn",
    consumers=("notification",),
    key="alert_id",
    personal_data=False,
    since="2026-11",
    schema=AlertChangedData,
    example={**_OVER, "change": AlertChange.RESOLVED, "by": None, "quiet": False},
)

ALERT_STATED = EventCard(
    type="alert.stated.v1",
    says="An alert said again as it stands, or for the first time when nobody was told of it: no news, no mail.",
    producer="dsn",
    consumers=("notification",),
    key="alert_id",
    personal_data=False,
    since="2026-11",
    schema=AlertState,
    example=_TAKEN,
)

DSN_STATE_ANNOUNCED = EventCard(
    type="dsn_state.announced.v1",
    says="dsn said again all its alerts that are not over; what it did not say is over.",
    producer="dsn",
    consumers=("notification",),
    key="owner",
    personal_data=False,
    since="2026-11",
    schema=StateAnnouncedData,
    example={"owner": "dsn", "epoch": 1, "after": BEFORE_ALL, "said": {"alerts": 0}},
)

DSN_USED = EventCard(
    type="dsn.used.v1",
    says="A person read the Suivi DSN or an alert of an adhérent, or acted on one, for the first time that day.",
    producer="dsn",
    consumers=("delegation",),
    key="use_id",
    personal_data=False,
    since="2026-11",
    schema=UseData,
    example=use_example(*DSN),
)

CARDS = (ALERT_OPENED, ALERT_CHANGED, ALERT_RESOLVED, ALERT_STATED, DSN_STATE_ANNOUNCED, DSN_USED)

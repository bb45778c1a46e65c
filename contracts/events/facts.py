"""What the caisse's systems say of declarations, recorded by dsn, which hears it from the bus as it hears all the rest.

A fact never changes: each is an aggregate of its own (`fact_id`, always version 1), and order does not matter
(docs/decisions/0044). None holds a NIR, the name of a person or an amount: what could is not a field.
"""

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.fields import TITLE, WORD, optional, required
from contracts.rules.crm_returns import MOST_RETURNS, RETURN_CODE, RUBRIC
from contracts.words.facts import Cause, CrmStatus, Origin, Severity

FACT_ID = "01930000-0000-7000-8000-0000000000fa"
MOST = 1_000_000
_CODE = validate.Length(min=1, max=10)
DIGIT, UP_TO_MOST = validate.Range(1, 9), validate.Range(0, MOST)


def _exactly(pattern: str) -> validate.Regexp:
    return validate.Regexp(rf"(?:{pattern})\Z")


FLOW = [WORD, _exactly(r"[!-~]{1,64}")]
SIRET = [WORD, _exactly(r"[0-9]{14}")]
PERIOD = [WORD, _exactly(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")]


class FactData(Schema):
    """What was said once and does not change."""

    fact_id = required(fields.UUID)


class CorrectionData(Schema):
    """What a declaration says of an earlier month: the month that a base or a contribution of it belongs to, the flow
    id of the answer that asked for it (`quote`). One of the two is there; without either, it says nothing."""

    period = fields.Str(allow_none=True, validate=PERIOD)
    quote = fields.Str(allow_none=True, validate=FLOW)


class DeclarationReceivedData(FactData):
    """The header of a declaration that reached the caisse. `fraction` of `fractions`; `fund_codes` counts its contracts
    by code of caisse de congés payés, `absences` names the caisses it has no one of, this month. `business_id` is its
    own id, by which a later one names it as `replaced`; `substitution` why one of nature 09 was made (02: because of an
    answer); `corrections` what it puts right of earlier months."""

    flow_id = required(fields.Str, validate=FLOW)
    rank = required(fields.Str, validate=FLOW)
    siret = required(fields.Str, validate=SIRET)
    period = required(fields.Str, validate=PERIOD)
    nature = required(fields.Str, validate=[WORD, _exactly("[0-9]{2}")])
    type = required(fields.Str, validate=[WORD, _exactly("0[1-5]")])
    fraction = fields.Int(load_default=1, validate=DIGIT)
    fractions = fields.Int(load_default=1, validate=DIGIT)
    order = required(fields.Int, validate=validate.Range(0, 10**15 - 1))
    test = fields.Bool(load_default=False)
    declarant = fields.Str(load_default=None, allow_none=True, validate=SIRET)
    norm = fields.Str(load_default="", validate=validate.Length(max=10))
    replaced = fields.Str(load_default=None, allow_none=True, validate=FLOW)
    deposited_at = fields.AwareDateTime(load_default=None, allow_none=True)
    individuals = required(fields.Int, validate=UP_TO_MOST)
    fund_codes = required(fields.Dict, keys=fields.Str(validate=_CODE), values=fields.Int(validate=UP_TO_MOST))
    absences = fields.List(fields.Str(validate=_CODE), load_default=list, validate=validate.Length(max=50))
    exit_requested = fields.Bool(load_default=False)
    # Left out of what was told before they were there.
    business_id = fields.Str(allow_none=True, validate=FLOW)
    substitution = fields.Str(allow_none=True, validate=[WORD, _exactly("0[1-3]")])
    corrections = fields.List(fields.Nested(CorrectionData), validate=validate.Length(max=64))


class CrmReturnData(Schema):
    """One return, those alike counted: its code (`anomaly`), its weight, its rubric. Never its message or value."""

    anomaly = required(fields.Str, validate=[WORD, _exactly(RETURN_CODE.pattern)])
    severity = required(fields.Str, validate=validate.OneOf(tuple(Severity)))
    rubric = optional(fields.Str, validate=[WORD, _exactly(RUBRIC.pattern)])
    count = required(fields.Int, validate=validate.Range(1, MOST))


class CrmPublishedData(FactData):
    """What an organism answers to the declaration (`flow_id`, `rank`); no `return_code` while it has not finished."""

    flow_id = required(fields.Str, validate=validate.Length(1, 64))
    rank = required(fields.Str, validate=validate.Length(1, 64))
    organism = required(fields.Str, validate=validate.Length(1, 40))
    nature = required(fields.Str, validate=validate.Length(1, 40))
    status = required(fields.Str, validate=validate.OneOf(tuple(CrmStatus)))
    return_code = optional(fields.Int, validate=validate.Range(0, 3))
    published_at = required(fields.AwareDateTime)
    errors = required(fields.Int, validate=UP_TO_MOST)
    returns = required(
        fields.List, cls_or_instance=fields.Nested(CrmReturnData), validate=validate.Length(max=MOST_RETURNS)
    )


class ProcessingFailedData(FactData):
    """The caisse could not process the declaration of a month of an establishment, or of a flow. `cause` is a word."""

    siret = fields.Str(load_default=None, allow_none=True, validate=SIRET)
    period = fields.Str(load_default=None, allow_none=True, validate=PERIOD)
    flow_id = fields.Str(load_default=None, allow_none=True, validate=FLOW)
    rank = fields.Str(load_default=None, allow_none=True, validate=FLOW)
    cause = required(fields.Str, validate=validate.OneOf(tuple(Cause)))
    failed_at = required(fields.AwareDateTime)


class RectificationValidatedData(FactData):
    """What was wrong in a month of an establishment was put right otherwise than by a deposit of that month."""

    siret = required(fields.Str, validate=SIRET)
    period = required(fields.Str, validate=PERIOD)
    origin = required(fields.Str, validate=validate.OneOf(tuple(Origin)))
    validated_at = required(fields.AwareDateTime)


class CalendarOverriddenData(FactData):
    """A caisse moves the due dates of the month `period`, or those of the day `due_on`, to `due_at` (null: back to the
    calendar); of one `due_day` or of all. The latest `said_at` wins."""

    caisse = required(fields.Str, validate=WORD)
    period = fields.Str(load_default=None, allow_none=True, validate=PERIOD)
    due_on = fields.Date(load_default=None, allow_none=True)
    due_day = fields.Int(load_default=None, allow_none=True, validate=validate.OneOf((5, 15, 20)))
    due_at = optional(fields.AwareDateTime)
    label = required(fields.Str, validate=TITLE)
    said_at = required(fields.AwareDateTime)


DECLARATION_RECEIVED = EventCard(
    type="declaration.received.v1",
    says="A declaration reached the caisse: its header.",
    producer="dsn",
    consumers=("dsn",),
    key="fact_id",
    personal_data=False,
    since="2026-11",
    schema=DeclarationReceivedData,
    example={
        "fact_id": FACT_ID,
        "flow_id": "1a2b3c4d5e6f",
        "rank": "1",
        "siret": "73282932000074",
        "period": "2026-09",
        "nature": "01",
        "type": "01",
        "fraction": 1,
        "fractions": 1,
        "order": 1,
        "test": False,
        "declarant": "73282932000074",
        "norm": "P26V01",
        "replaced": None,
        "deposited_at": "2026-10-05T07:30:00+00:00",
        "individuals": 3,
        "fund_codes": {"BTPIDF": 3},
        "absences": [],
        "exit_requested": False,
        "business_id": "2026-09-0001",
        "substitution": None,
        "corrections": [{"period": "2026-07", "quote": "0f9e8d7c6b5a"}],
    },
)

CRM_PUBLISHED = EventCard(
    type="crm.published.v1",
    says="A caisse answered a declaration: accepted, to rectify, partly or not taken.",
    producer="dsn",
    consumers=("dsn",),
    key="fact_id",
    personal_data=False,
    since="2026-11",
    schema=CrmPublishedData,
    example={
        "fact_id": FACT_ID,
        "flow_id": "1a2b3c4d5e6f",
        "rank": "1",
        "organism": "CIBTP",
        "nature": "CIBTP",
        "status": "ANO",
        "return_code": 1,
        "published_at": "2026-10-07T16:00:00+00:00",
        "errors": 3,
        "returns": [{"anomaly": "E0101", "severity": "ANOMALIE", "rubric": "S21.G00.40.022", "count": 3}],
    },
)

PROCESSING_FAILED = EventCard(
    type="processing.failed.v1",
    says="The caisse could not process a declaration, and no answer will say so.",
    producer="dsn",
    consumers=("dsn",),
    key="fact_id",
    personal_data=False,
    since="2026-11",
    schema=ProcessingFailedData,
    example={
        "fact_id": FACT_ID,
        "siret": "73282932000074",
        "period": "2026-09",
        "flow_id": "1a2b3c4d5e6f",
        "rank": "1",
        "cause": "CONTROLE_INTERROMPU",
        "failed_at": "2026-10-06T16:00:00+00:00",
    },
)

RECTIFICATION_VALIDATED = EventCard(
    type="rectification.validated.v1",
    says="A month that was to be rectified was put right otherwise: online, by an agent, by a substitution.",
    producer="dsn",
    consumers=("dsn",),
    key="fact_id",
    personal_data=False,
    since="2026-11",
    schema=RectificationValidatedData,
    example={
        "fact_id": FACT_ID,
        "siret": "73282932000074",
        "period": "2026-09",
        "origin": "ONLINE",
        "validated_at": "2026-10-20T16:00:00+00:00",
    },
)

CALENDAR_OVERRIDDEN = EventCard(
    type="calendar.overridden.v1",
    says="A caisse moved some of its due dates, or gave them back to the calendar.",
    producer="dsn",
    consumers=("dsn",),
    key="fact_id",
    personal_data=False,
    since="2026-11",
    schema=CalendarOverriddenData,
    example={
        "fact_id": FACT_ID,
        "caisse": "IDF",
        "period": "2026-09",
        "due_on": None,
        "due_day": 15,
        "due_at": "2026-10-22T10:00:00+00:00",
        "label": "Tolérance nationale",
        "said_at": "2026-10-12T08:00:00+00:00",
    },
)

CARDS = (
    DECLARATION_RECEIVED,
    CRM_PUBLISHED,
    PROCESSING_FAILED,
    RECTIFICATION_VALIDATED,
    CALENDAR_OVERRIDDEN,
)

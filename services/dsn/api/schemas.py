"""What goes in and out of the HTTP way in."""

from marshmallow import Schema, fields, validate

from backbone.web import PlainInt, page_args, page_schema
from contracts.words.facts import Severity
from services.dsn.queries.site_list import SORTS
from services.dsn.queries.suivi import SORTS as MONTH_SORTS

VIEWS = ("sites", "home")
_SORTS, _MONTH_SORTS = (
    tuple(f"{sign}{name}" for name in names for sign in ("", "-")) for names in (SORTS, MONTH_SORTS)
)

SiteListArgs = page_args(
    search=fields.Str(load_default="", validate=validate.Length(max=100)),
    alertes=fields.Bool(load_default=False),
    messages=fields.Bool(load_default=True),
    sort=fields.Str(load_default="alertes", validate=validate.OneOf(_SORTS)),
)
ImportPageArgs = page_args(default=100)
AlertsArgs = Schema.from_dict(
    {
        "view": fields.Str(load_default="sites", validate=validate.OneOf(VIEWS)),
        "ahead": fields.Bool(load_default=False),
        "messages": fields.Bool(load_default=True),
    }
)
SuiviArgs = Schema.from_dict(
    {
        "year": PlainInt(load_default=None, validate=validate.Range(2000, 2099)),
        "todo": fields.Bool(load_default=False),
        "alerts": fields.Bool(load_default=False),
        "sort": fields.Str(load_default="-periode", validate=validate.OneOf(_MONTH_SORTS)),
    }
)


class MessageSchema(Schema):
    """A line of the bubble of the site list (G63). `new`: it opened since I was last shown it."""

    periode = fields.Str()
    action = fields.Str()
    new = fields.Bool()


class SiteSchema(Schema):
    """A line of the choice screen (G61); `news`: how many of its alerts are new to me. No `messages` unless they are
    asked for."""

    site_id = fields.UUID()
    siret = fields.Str()
    nom = fields.Str()
    adherent_id = fields.UUID()
    raison_sociale = fields.Str()
    identifiant = fields.Str()
    alert_count = fields.Int()
    news = fields.Int()
    messages = fields.List(fields.Nested(MessageSchema))


SitePageSchema = page_schema(SiteSchema)


class CareSchema(Schema):
    """Who takes care of an alert, since when, and until when it holds without a proof."""

    by = fields.UUID()
    since = fields.AwareDateTime()
    until = fields.AwareDateTime()
    mine = fields.Bool()


class AlertSchema(Schema):
    """An alert of a month; `version` is what « Je m'en occupe » names in If-Match."""

    alert_id = fields.UUID()
    periode = fields.Str()
    kind = fields.Str()
    label = fields.Str()
    status = fields.Str()
    version = fields.Int()
    opened_at = fields.AwareDateTime()
    correction = fields.Nested(CareSchema, allow_none=True)


class OpenAlertSchema(AlertSchema):
    """One that waits; `new`: it opened since I was last shown it."""

    new = fields.Bool()


class AlertChangeSchema(Schema):
    """What happened to an alert. `actor`: « clock », « account:… », « client:… »; `proof`: the fact that made it so."""

    at = fields.AwareDateTime()
    change = fields.Str()
    status = fields.Str()
    reason = fields.Str()
    rule = fields.Str()
    resolution = fields.Str(allow_none=True)
    actor = fields.Str(allow_none=True)
    cause = fields.Str()
    proof = fields.Str(allow_none=True)


class AlertHistorySchema(AlertSchema):
    """An alert, also one that is over, and all that happened to it."""

    site_id = fields.UUID()
    reason = fields.Str()
    rule = fields.Str()
    reopened_count = fields.Int()
    ended_at = fields.AwareDateTime(allow_none=True)
    resolution = fields.Str(allow_none=True)
    history = fields.List(fields.Nested(AlertChangeSchema))


class NextDsnSchema(Schema):
    """The next declaration that is due."""

    label = fields.Str()
    due_at = fields.AwareDateTime()


class NextContributionSchema(Schema):
    """The next contributions that are due."""

    label = fields.Str()
    due_on = fields.Date()


class AlertsSchema(Schema):
    """The bell of a site; `messages` are objects for the view « sites », sentences for « home ». `items` are the alerts
    in the same order, both empty where only the numbers are asked for; `news` how many of them are new to me. What is
    due next is null unless it is asked for."""

    count = fields.Int()
    news = fields.Int()
    may_take = fields.Bool()
    items = fields.List(fields.Nested(OpenAlertSchema))
    messages = fields.List(
        fields.Raw(metadata={"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Message"}]})
    )
    next_dsn = fields.Nested(NextDsnSchema, allow_none=True)
    next_contribution = fields.Nested(NextContributionSchema, allow_none=True)


class MonthSchema(Schema):
    """A line of the Suivi DSN. `alert_status`: where its alert stands; null when it has none."""

    periode = fields.Str()
    label = fields.Str()
    state = fields.Str()
    state_label = fields.Str()
    due_at = fields.AwareDateTime()
    contribution_due_on = fields.Date()
    received_at = fields.AwareDateTime(allow_none=True)
    late = fields.Bool()
    type = fields.Str(allow_none=True)
    effectif = fields.Int(allow_none=True)
    anomalies = fields.Int()
    alert = fields.Str(allow_none=True)
    alert_status = fields.Str(allow_none=True)
    action = fields.Str(allow_none=True)


class SuiviSchema(Schema):
    """The months of a site, the years there are, how many months wait for the user, and what is due next. `alerts`: its
    bell as the view « home » has it, without what is due next; null unless it is asked for."""

    items = fields.List(fields.Nested(MonthSchema))
    years = fields.List(fields.Int())
    to_do = fields.Int()
    alerts = fields.Nested(AlertsSchema, allow_none=True)
    next_dsn = fields.Nested(NextDsnSchema, allow_none=True)
    next_contribution = fields.Nested(NextContributionSchema, allow_none=True)


class ReturnSchema(Schema):
    """A return of a caisse's answer: what is wrong, how much it weighs, in which rubric, how often. Never a value."""

    code = fields.Str()
    severity = fields.Str(validate=validate.OneOf(tuple(Severity)))
    rubric = fields.Str(allow_none=True)
    rubric_label = fields.Str(allow_none=True)
    count = fields.Int()


class PointSchema(Schema):
    """A point of a month's time-line. `counts` is null for what is no fact; `why` says why a fact does not count. `by`:
    the account whose act it was, `mine` when that is me. `returns`: what an answer says in detail, the worst first, and
    `more_returns` how many are left out."""

    at = fields.AwareDateTime(allow_none=True)
    what = fields.Str()
    title = fields.Str()
    details = fields.List(fields.Str())
    counts = fields.Bool(allow_none=True)
    why = fields.Str(allow_none=True)
    rule = fields.Str(allow_none=True)
    by = fields.UUID(allow_none=True)
    mine = fields.Bool()
    returns = fields.List(fields.Nested(ReturnSchema))
    more_returns = fields.Int()


class ExplainedSchema(MonthSchema):
    """A month with its rule in words, its facts, what to do by when; `alerts` are those of it that are not over, each
    with who takes care of it."""

    rule = fields.Str()
    rule_text = fields.Str()
    advice = fields.List(fields.Str())
    act_before = fields.AwareDateTime(allow_none=True)
    alerts = fields.List(fields.Nested(AlertSchema))
    timeline = fields.List(fields.Nested(PointSchema))
    counted = fields.List(fields.Nested(PointSchema))
    ignored = fields.List(fields.Nested(PointSchema))


class ExplainedSiteSchema(ExplainedSchema):
    """The same as the caisse's systems see it, for one of the sites of an establishment."""

    site_id = fields.UUID()
    caisse = fields.Str()
    identifiant = fields.Str()
    raison_sociale = fields.Str()
    nom = fields.Str()
    declarant_mismatch = fields.Bool()
    answer_overdue = fields.Bool()


class QuarantinedSchema(Schema):
    """A declaration that waits for the referential to name its establishment."""

    identity = fields.Str()
    flow_id = fields.Str(allow_none=True)
    flow_rank = fields.Str(allow_none=True)
    declarant = fields.Str()
    received_at = fields.AwareDateTime()
    quarantined_at = fields.AwareDateTime()
    import_id = fields.UUID()


class EstablishmentSchema(Schema):
    """A month of an establishment: its sites, and what waits in quarantine."""

    siret = fields.Str()
    periode = fields.Str()
    sites = fields.List(fields.Nested(ExplainedSiteSchema))
    quarantine = fields.List(fields.Nested(QuarantinedSchema))


class DeclarationSchema(Schema):
    """What became of one declaration of a file. `also` are the codes of the other controls that failed."""

    line = fields.Int()
    status = fields.Str()
    code = fields.Str(allow_none=True)
    detail = fields.Str(allow_none=True)
    also = fields.List(fields.Str())
    siret = fields.Str(allow_none=True)
    periode = fields.Str(allow_none=True)


class ImportSchema(Schema):
    """The report of an import."""

    import_id = fields.UUID()
    format = fields.Str()
    started_at = fields.AwareDateTime()
    finished_at = fields.AwareDateTime(allow_none=True)
    stopped = fields.Bool()
    totals = fields.Dict(keys=fields.Str(), values=fields.Int())
    declarations = fields.List(fields.Nested(DeclarationSchema))

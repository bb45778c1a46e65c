"""What goes in and out between the caisse's systems and us, files apart."""

from datetime import date

from marshmallow import Schema, ValidationError, fields, validate

from backbone.web import PlainInt, page_args, page_schema
from services.dsn.domain.calendar import DUE_DAYS
from services.dsn.domain.periods import Period
from services.dsn.domain.verdicts import RECORDED, REFUSED, REPEATED

DueDatesArgs = page_args(caisse=fields.Str(load_default=None, validate=validate.Length(1, 100)))


def _is_period(written: str) -> None:
    try:
        Period.parse(written)
    except ValueError:
        raise ValidationError("Le mois s'écrit AAAA-MM.") from None


class DueDatesSchema(Schema):
    """What a caisse says of its due dates: of those of a month (`periode`), or of all that is due on a day (`due_on`);
    of one `due_day` or of all. `due_at` is the new instant, null gives them back to the calendar."""

    caisse = fields.Str(required=True, validate=validate.Length(1, 100))
    periode = fields.Str(load_default=None, allow_none=True, validate=[validate.Length(max=7), _is_period])
    due_on = fields.Date(
        load_default=None, allow_none=True, validate=validate.Range(date(2000, 2, 1), date(2099, 12, 31))
    )
    due_day = PlainInt(load_default=None, allow_none=True, validate=validate.OneOf(DUE_DAYS))
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    label = fields.Str(required=True, validate=validate.Length(1, 200))


class MovedSchema(Schema):
    """How many due dates were spoken of, and how many sites are judged again because of it."""

    due_dates = fields.Int()
    sites = fields.Int()


class DueDateSchema(Schema):
    """A due date that was moved; `due_at` null: it is the calendar's again."""

    caisse = fields.Str()
    periode = fields.Str()
    due_day = fields.Int()
    due_at = fields.AwareDateTime(allow_none=True)
    label = fields.Str()
    said_at = fields.AwareDateTime()


DueDatesPageSchema = page_schema(DueDateSchema)


class WaitingDeclarationSchema(Schema):
    """A declaration whose establishment is not known."""

    identity = fields.Str()
    siret = fields.Str()
    periode = fields.Str()
    type = fields.Str()
    individuals = fields.Int()
    received_at = fields.AwareDateTime()
    quarantined_at = fields.AwareDateTime()
    import_id = fields.UUID()
    warnings = fields.List(fields.Str())


QuarantinePageSchema = page_schema(WaitingDeclarationSchema)
QuarantineArgs = page_args(siret=fields.Str(load_default=None, validate=validate.Length(14, 14)))


class ReleasedSchema(Schema):
    """How many establishments are known by now, and judged with what waited for them."""

    released = fields.Int()


class FactSchema(Schema):
    """A fact: the sender's own id of it, by which a repeat is known, the type of its event, the data of that event
    without `fact_id` (docs/events.md)."""

    id = fields.Str(required=True, validate=[validate.Length(1, 100), validate.Regexp(r"[!-~]+\Z")])
    type = fields.Str(required=True, validate=validate.Length(1, 100))
    data = fields.Dict(required=True, keys=fields.Str(validate=validate.Length(max=100)))


class FactsSchema(Schema):
    """Facts, recorded in one transaction."""

    facts = fields.List(fields.Nested(FactSchema), required=True, validate=validate.Length(1, 500))


class VerdictSchema(Schema):
    """What became of a fact: RECORDED, REPEATED (no effect) or REFUSED, with the code, the sentence and the fields."""

    id = fields.Str()
    status = fields.Str(validate=validate.OneOf((RECORDED, REPEATED, REFUSED)))
    code = fields.Str(allow_none=True)
    detail = fields.Str(allow_none=True)
    fields_ = fields.List(fields.Str(), data_key="fields", attribute="fields")


class VerdictsSchema(Schema):
    """One verdict for each fact, in their order."""

    facts = fields.List(fields.Nested(VerdictSchema))

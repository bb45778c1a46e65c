"""What goes in and out of notification's API."""

from marshmallow import EXCLUDE, Schema, fields, validate

from backbone.web import page_args, page_schema
from contracts.words.preferences import CHOICES, Rhythm, Subject
from services.notification.domain.deliveries import Status

DeliveriesArgs = page_args(
    default=50, status=fields.Str(load_default=None, validate=validate.OneOf([status.value for status in Status]))
)


class DeliverySchema(Schema):
    """One delivery, as operators see it."""

    delivery_id = fields.UUID()
    event_id = fields.UUID()
    template = fields.Str()
    medium = fields.Str()
    recipient = fields.Str()
    status = fields.Str()
    attempts = fields.Int()
    reason = fields.Str(allow_none=True)
    ordered_at = fields.AwareDateTime()
    next_attempt_at = fields.AwareDateTime(allow_none=True)
    finished_at = fields.AwareDateTime(allow_none=True)


DeliveryPage = page_schema(DeliverySchema)


class PreferencesArgs(Schema):
    """The adhérent whose preferences these are; none: those for all."""

    class Meta:
        """An unknown query parameter is ignored."""

        unknown = EXCLUDE

    adherent_id = fields.UUID(load_default=None)


class PreferenceSchema(Schema):
    """How often one is written about a subject; `chosen`: the person said so."""

    subject = fields.Str(validate=validate.OneOf([one.value for one in Subject]))
    rhythm = fields.Str(validate=validate.OneOf([one.value for one in Rhythm]))
    chosen = fields.Bool()


class PreferencesSchema(Schema):
    """All subjects."""

    items = fields.List(fields.Nested(PreferenceSchema))


def _wanted(subject: Subject) -> fields.Str:
    return fields.Str(required=True, validate=validate.OneOf([one.value for one in CHOICES[subject]]))


class WantedSchema(Schema):
    """A rhythm for each subject."""

    alertes_dsn = _wanted(Subject.DSN_ALERTS)
    avis_documents = _wanted(Subject.DOCUMENTS)
    nouvelles_caisse = _wanted(Subject.NEWS)


class StopSchema(Schema):
    """The token of the link in a mail."""

    token = fields.Str(required=True, validate=validate.Length(max=200))


class StoppedSchema(Schema):
    """What the link stops, and whether it is stopped for every adhérent."""

    subject = fields.Str(validate=validate.OneOf([one.value for one in Subject]))
    stopped = fields.Bool()

"""What goes in and out of notification's API."""

from marshmallow import Schema, fields, validate

from backbone.web import page_args, page_schema
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

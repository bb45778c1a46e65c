"""What goes in and out of contact's API."""

from marshmallow import EXCLUDE, Schema, fields, validate

from backbone.web import page_args, page_schema
from contracts.words.statuses import Scan
from services.contact.domain.draft import MESSAGE_LENGTH, OBJET_LENGTH


class FormArgs(Schema):
    """The site déclarant the person is on, if any."""

    class Meta:
        """An unknown query parameter is ignored."""

        unknown = EXCLUDE

    site = fields.UUID(load_default=None)


class ConsentSchema(Schema):
    """The text of the box, and its version (G86)."""

    version = fields.Str()
    texte = fields.Str()


class FileSchema(Schema):
    """A file of a message."""

    file_id = fields.UUID()
    name = fields.Str()
    size = fields.Int()
    type = fields.Str()
    scan = fields.Str(allow_none=True, validate=validate.OneOf([one.value for one in Scan]))


class DraftSchema(Schema):
    """What I wrote and did not send; `draft_id` goes with all that is added to it."""

    draft_id = fields.UUID()
    objet = fields.Str()
    message = fields.Str()
    files = fields.List(fields.Nested(FileSchema))
    expires_at = fields.AwareDateTime(allow_none=True)


class DraftIdSchema(Schema):
    """Of which draft; a page of the version before does not say."""

    draft_id = fields.UUID(load_default=None, allow_none=True)


class DraftWordsSchema(DraftIdSchema):
    """What I am writing."""

    objet = fields.Str(required=True, validate=validate.Length(max=OBJET_LENGTH))
    message = fields.Str(required=True, validate=validate.Length(max=MESSAGE_LENGTH))


class FileRefusalSchema(Schema):
    """A file that was not added, and why."""

    code = fields.Str()
    message = fields.Str()


class AddedSchema(Schema):
    """The files that the draft gained, and those that it was refused."""

    files = fields.List(fields.Nested(FileSchema))
    refused = fields.List(fields.Nested(FileRefusalSchema))


class FormSchema(Schema):
    """The read-only block of the form (G81), its limits (G83), its consent (G86), and what was written in it."""

    nom = fields.Str()
    prenom = fields.Str()
    email = fields.Str()
    telephone_fixe = fields.Str(allow_none=True)
    telephone_mobile = fields.Str(allow_none=True)
    raison_sociale = fields.Str()
    identifiant = fields.Str()
    caisse_nom = fields.Str()
    max_files = fields.Int()
    max_bytes = fields.Int()
    consentement = fields.Nested(ConsentSchema)
    brouillon = fields.Nested(DraftSchema)


class SentSchema(Schema):
    """A message that was sent."""

    message_id = fields.UUID()
    reference = fields.Str()


class MessageSchema(SentSchema):
    """A message as it was sent, frozen."""

    adherent_id = fields.UUID()
    raison_sociale = fields.Str()
    identifiant = fields.Str()
    caisse_nom = fields.Str()
    email = fields.Str()
    nom = fields.Str()
    prenom = fields.Str()
    telephone_fixe = fields.Str(allow_none=True)
    telephone_mobile = fields.Str(allow_none=True)
    objet = fields.Str()
    message = fields.Str()
    sent_at = fields.AwareDateTime()
    version = fields.Int()
    files = fields.List(fields.Nested(FileSchema))
    files_purged_at = fields.AwareDateTime(allow_none=True)
    consent_withdrawn_at = fields.AwareDateTime(allow_none=True)


class TokenSchema(Schema):
    """The token of the caisse's link."""

    token = fields.Str(required=True, validate=validate.Length(max=200))


class DossierSchema(Schema):
    """The files of one message, as the caisse sees them."""

    reference = fields.Str()
    objet = fields.Str()
    files = fields.List(fields.Nested(FileSchema))


class NothingSchema(Schema):
    """An empty object: a POST that needs to say nothing."""


MessagesArgs = page_args(default=25, adherent=fields.UUID(load_default=None))
MessagePage = page_schema(MessageSchema)

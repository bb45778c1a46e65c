"""What contact announces: a message a user sent to the caisse, and a consent that he withdrew."""

from marshmallow import Schema, fields

from backbone.events.cards import EventCard
from contracts.events.uses import UseData, use_example
from contracts.examples import ACCOUNT_ID, ADHERENT, SEALED
from contracts.fields import ADDRESS, FILE_NAME, SEALED_TEXT, TEXT, TITLE, WORD, AdherentRef, Name, Person, required
from contracts.words.uses import NOUS_CONTACTER


class FileRef(Schema):
    """An attached file: its display name and size in bytes; the content stays in the contact service."""

    name = required(fields.Str, validate=FILE_NAME)
    size = required(fields.Int)


class MessageSentData(Schema):
    """The message as it goes to the caisse (G79–G87). `sealed` opens to {"token": …}, the link to the files."""

    message_id = required(fields.UUID)
    reference = required(fields.Str, validate=WORD)
    adherent = required(fields.Nested, nested=AdherentRef)
    caisse_nom = required(Name)
    caisse_email = required(fields.Str, validate=ADDRESS)
    account_id = required(fields.UUID)
    sender = required(fields.Nested, nested=Person)
    telephone_fixe = fields.Str(required=True, allow_none=True, validate=WORD)
    telephone_mobile = fields.Str(required=True, allow_none=True, validate=WORD)
    objet = required(fields.Str, validate=TITLE)
    message = required(fields.Str, validate=TEXT)
    files = required(fields.List, cls_or_instance=fields.Nested(FileRef))
    sealed = fields.Str(required=True, allow_none=True, validate=SEALED_TEXT)
    sent_at = required(fields.AwareDateTime)


MESSAGE_SENT = EventCard(
    type="message.sent.v1",
    says="A user wrote to the caisse: the caisse gets the message, the sender an acknowledgement (G79–G87).",
    producer="contact",
    consumers=("notification",),
    key="message_id",
    personal_data=True,
    since="2026-11",
    schema=MessageSentData,
    example={
        "message_id": "01930000-0000-7000-8000-0000000000e4",
        "reference": "C-2026-000001",
        "adherent": ADHERENT,
        "caisse_nom": "CIBTP Île-de-France",
        "caisse_email": "contact.idf@example.com",
        "account_id": ACCOUNT_ID,
        "sender": {"email": "comptable@example.com", "nom": "Martin", "prenom": "Claire"},
        "telephone_fixe": None,
        "telephone_mobile": "+33639980001",
        "objet": "Question sur la DSN d'octobre",
        "message": "Bonjour,\nJ'ai une question.",
        "files": [{"name": "bordereau.pdf", "size": 12345}],
        "sealed": SEALED,
        "sent_at": "2026-11-23T09:00:00+00:00",
    },
)


class ConsentWithdrawnData(Schema):
    """The message whose consent was withdrawn (G86); `sender` is its author as he is at that moment."""

    message_id = required(fields.UUID)
    reference = required(fields.Str, validate=WORD)
    adherent = required(fields.Nested, nested=AdherentRef)
    caisse_nom = required(Name)
    caisse_email = required(fields.Str, validate=ADDRESS)
    account_id = required(fields.UUID)
    sender = required(fields.Nested, nested=Person)
    objet = required(fields.Str, validate=TITLE)
    files = required(fields.List, cls_or_instance=fields.Nested(FileRef))
    sent_at = required(fields.AwareDateTime)
    withdrawn_at = required(fields.AwareDateTime)


CONSENT_WITHDRAWN = EventCard(
    type="consent.withdrawn.v1",
    says="A user withdrew his consent for a message: the caisse stops using his data, and both are told (G86).",
    producer="contact",
    consumers=("notification",),
    key="message_id",
    personal_data=True,
    since="2026-11",
    schema=ConsentWithdrawnData,
    example={
        **{name: MESSAGE_SENT.example[name] for name in ("message_id", "reference", "adherent", "caisse_nom")},
        **{name: MESSAGE_SENT.example[name] for name in ("caisse_email", "account_id", "sender", "objet", "files")},
        "sent_at": "2026-11-23T09:00:00+00:00",
        "withdrawn_at": "2026-11-26T14:30:00+00:00",
    },
)

CONTACT_USED = EventCard(
    type="contact.used.v1",
    says="A person wrote to the caisse about an adhérent, or read what he wrote, for the first time that day.",
    producer="contact",
    consumers=("delegation",),
    key="use_id",
    personal_data=False,
    since="2026-11",
    schema=UseData,
    example=use_example(NOUS_CONTACTER),
)

CARDS = (MESSAGE_SENT, CONSENT_WITHDRAWN, CONTACT_USED)

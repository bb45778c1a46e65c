"""« Nous contacter » (G79–G87) and the messages I sent."""

from typing import Any
from uuid import UUID

from flask import g, request

from backbone.errors import Refused
from backbone.web import accepts, blueprint, bound, etag, perform, person, query, require_version, service, signed_in
from services.contact.api import upload
from services.contact.api.counting import used
from services.contact.api.schemas import (
    FormArgs,
    FormSchema,
    MessagePage,
    MessagesArgs,
    MessageSchema,
    NothingSchema,
    SentSchema,
)
from services.contact.domain.ports import Blobs
from services.contact.domain.rules import Rules
from services.contact.queries.form import form
from services.contact.queries.my_message import my_message
from services.contact.queries.my_messages import my_messages
from services.contact.use_cases.send_message import SendMessage, send_message
from services.contact.use_cases.store_files import store_files
from services.contact.use_cases.withdraw_consent import WithdrawConsent, withdraw_consent

# The edge's own limit for this route; the true one is the settings', checked file by file.
MOST_BYTES = 1024 * 1024 * 1024

blp = blueprint("messages")


@blp.get("/adherents/<uuid:adherent_id>/form")
@signed_in
@blp.arguments(FormArgs, location="query")
@blp.response(200, FormSchema)
def get_form(args: dict[str, Any], adherent_id: UUID) -> Any:
    """What the form shows of me and of the adhérent (G81)."""
    return query(form, account_id=person(), adherent_id=adherent_id, site=args["site"])


@blp.post("/adherents/<uuid:adherent_id>/messages")
@signed_in
@accepts("multipart/form-data", max_bytes=MOST_BYTES)
@blp.doc(requestBody={"content": {"multipart/form-data": {"schema": upload.OPENAPI}}})
@blp.response(201, SentSchema)
def send(adherent_id: UUID) -> Any:
    """Send a message with its files. 404 · 413 M11 · 422 (fields, M11, M12, M14) · 429 · 503 M15."""
    me, blobs = person(), service().port(Blobs)
    query(form, account_id=me, adherent_id=adherent_id, site=None)  # before a single byte is received
    with blobs.receiving() as receiving:
        sent = upload.read(request, service().port(Rules).limits, receiving)
        g.body_digest = sent.digest
        files = bound(store_files)(sent.files)
        try:
            return perform(send_message, SendMessage(me, adherent_id, **sent.words(), files=files))
        except Refused:  # nothing refers to them; after any other error nobody knows, and the sweep does it
            blobs.delete(file.storage_name for file in files)
            raise


@blp.get("/messages")
@signed_in
@blp.arguments(MessagesArgs, location="query")
@blp.response(200, MessagePage)
def list_messages(args: dict[str, Any]) -> Any:
    """The messages I sent, the newest first."""
    return query(my_messages, account_id=person(), **args)


@blp.get("/messages/<uuid:message_id>")
@signed_in
@blp.response(200, MessageSchema)
def get_message(message_id: UUID) -> Any:
    """A message I sent, as I sent it; the ETag is the version that a withdrawal names."""
    found = query(my_message, account_id=person(), message_id=message_id)
    used(found["adherent_id"])
    return found, 200, etag(found["version"])


@blp.post("/messages/<uuid:message_id>/consent-withdrawal")
@signed_in
@blp.arguments(NothingSchema)
@blp.response(204)
def withdraw(_body: dict[str, Any], message_id: UUID) -> None:
    """Withdraw my consent for a message (G86), on the version that I was shown (AA52)."""
    perform(withdraw_consent, WithdrawConsent(person(), message_id, require_version()))

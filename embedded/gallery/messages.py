"""Every message of notification's catalogue, written from its example by the templates that write the real ones."""

from typing import Any, NamedTuple

from flask import Flask, Response, abort, render_template

from backbone.strict_json import loads
from services.notification.adapters.templates import MESSAGES, Templates
from services.notification.domain.kinds import Medium, MessageKind
from services.notification.messages import KINDS


class Preview(NamedTuple):
    """One message as it would leave; an SMS has a text alone."""

    kind: MessageKind
    subject: str
    text: str
    html: str


def messages_app(public_url: str) -> Flask:
    """The pages of the messages."""
    app, templates = Flask("embedded"), Templates(public_url=public_url)

    @app.get("/")
    def messages() -> str:
        """The list, in the order of the catalogue."""
        return render_template("apercus.html", previews=[preview(templates, kind) for kind in KINDS.values()])

    @app.get("/<name>")
    def message(name: str) -> str:
        """One message: its subject, its text, and its HTML in a frame."""
        return render_template("apercu.html", preview=preview(templates, KINDS.get(name) or abort(404)))

    @app.get("/<name>/html")
    def message_html(name: str) -> Response:
        """The HTML part alone, without script."""
        response = Response(preview(templates, KINDS.get(name) or abort(404)).html, mimetype="text/html")
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        return response

    return app


def preview(templates: Templates, kind: MessageKind) -> Preview:
    """`kind` written from its example. CannotBeWritten when the two do not fit."""
    example: Any = loads((MESSAGES / kind.name / "example.json").read_bytes())
    values = {**example["context"], **example["opened"]}
    if kind.medium is Medium.SMS:
        return Preview(kind, "", templates.sms(kind, values), "")
    return Preview(kind, *templates.email(kind, values))

"""« Nous contacter » (G79–G87): a message with files to the caisse, and its receipt."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request

from gateway.clients import clients
from gateway.clients.contact import Attachment
from gateway.clients.problem import Problem
from gateway.kit.access import Space, in_space
from gateway.kit.forms import Form
from gateway.kit.session import SESSION_OVER

blp = Blueprint("contact", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/contact")
FIELDS = ("objet", "message", "consentement", "fichiers")
REQUIRED = {
    "objet": "Saisissez l'objet de votre message.",
    "message": "Saisissez votre message.",
    "consentement": "Votre consentement est nécessaire.",
}


@blp.get("")
@in_space()
def page(space: Space) -> Any:
    """The form, with the read-only block the service knows (G81)."""
    return _show(space, Form.of({}, FIELDS), 200)


@blp.post("")
@in_space()
def send(space: Space) -> Any:
    """Send it once, whatever the number of presses (C3)."""
    form = Form.of(request.form, FIELDS).require(**REQUIRED)
    if form.refused:
        return _show(space, form, 422)
    fields = {"objet": form["objet"], "message": form["message"], "consentement": "true"}
    try:
        message_id = clients().contact.write(space.tier.adherent_id, fields, _attachments())
    except Problem as problem:
        if problem.status == 401:
            form.general.append(SESSION_OVER)
        return _show(space, form.refuse(problem), problem.status)
    return redirect(space.url(".receipt", message_id=message_id), 303)


@blp.get("/recu/<uuid:message_id>")
@in_space()
def receipt(space: Space, message_id: UUID) -> Any:
    """What was sent, under which reference."""
    return render_template("contact_recu.html", message=clients().contact.message(message_id))


def _attachments() -> list[Attachment]:
    return [
        (file.filename, file.stream, file.mimetype or "application/octet-stream")
        for file in request.files.getlist("fichiers")
        if file.filename
    ]


def _show(space: Space, form: Form, status: int) -> Any:
    known = clients().contact.form(space.tier.adherent_id, space.tier.site_id)
    return render_template("contact.html", form=form, connu=known, fichiers_perdus=bool(_attachments())), status

"""« Nous contacter » (G79–G87): a message with files to the caisse, and its receipt."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request

from contracts.words.messages import M14
from contracts.words.months import dsn_of
from contracts.words.uses import NOUS_CONTACTER
from gateway.clients import clients, requests
from gateway.clients.contact import Attachment
from gateway.kit import reading
from gateway.kit.access import Space, in_space
from gateway.kit.fields import Area, Check, Place, Text
from gateway.kit.forms import Form, Sends, shown
from gateway.kit.uses import note_uses

blp = Blueprint("contact", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/contact")


class Letter(Sends[requests.Letter]):
    """What one writes to the caisse. The labels are the guide's, stars included."""

    objet = Text("Objet*", required="Saisissez l'objet de votre message.", max=200, keep=True)
    message = Area(
        "Message*", required="Saisissez votre message.", max=5000, keep=True, help="5 000 caractères au maximum."
    )
    consentement = Check(required=M14.sentence, ticked="true")  # its text is the service's
    fichiers = Place("Pièce(s) jointe(s)", help="Choisir un fichier")


class About(Form):
    """The month of Suivi DSN that the page was opened from: the object of the message names it, and nothing else."""

    periode = Text(max=7, sent=False)

    @property
    def month(self) -> tuple[int, int] | None:
        """Its year and its month."""
        return reading.month(self.periode.value)


@blp.get("")
@in_space()
def page(space: Space) -> Any:
    """The form, with the read-only block the service knows (G81)."""
    month = About.asked().month
    note_uses(space, [NOUS_CONTACTER])
    return _show(space, Letter.blank(objet=dsn_of(*month) if month else None))


@blp.post("")
@in_space()
def send(space: Space) -> Any:
    """Send it once, whatever the number of presses (C3)."""
    form = Letter.posted()
    if form.good:
        with form.refusals():
            message_id = clients().contact.write(space.tier.adherent_id, form.payload(), _attachments(form))
            return redirect(space.url(".receipt", message_id=message_id), 303)
    return _show(space, form)


@blp.get("/recu/<uuid:message_id>")
@in_space()
def receipt(space: Space, message_id: UUID) -> Any:
    """What was sent, under which reference."""
    return render_template("contact_recu.html", message=clients().contact.message(message_id))


def _attachments(form: Letter) -> list[Attachment]:
    return [
        (file.filename, file.stream, file.mimetype or "application/octet-stream")
        for file in request.files.getlist(form.fichiers.name)
        if file.filename
    ]


def _show(space: Space, form: Letter) -> Any:
    known = clients().contact.form(space.tier.adherent_id, space.tier.site_id)
    return shown("contact.html", form, connu=known, fichiers_perdus=bool(_attachments(form)))

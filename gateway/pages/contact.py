"""« Nous contacter » (G79–G87): a message with files to the caisse, and its receipt."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template

from contracts.words.months import dsn_of
from contracts.words.uses import NOUS_CONTACTER
from gateway.clients import clients
from gateway.clients.contact import ContactForm
from gateway.clients.problem import unless
from gateway.kit import reading
from gateway.kit.access import Space, in_space
from gateway.kit.fields import Text
from gateway.kit.forms import Form, shown
from gateway.kit.letter import UNSHOWN, Letter
from gateway.kit.uses import note_uses

blp = Blueprint("contact", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/contact")


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
    """The form, with the read-only block the service knows (G81) and what was written in it before."""
    month = About.asked().month
    note_uses(space, [NOUS_CONTACTER])
    known = _known(space)
    kept = known.brouillon
    objet = (kept.objet if kept else "") or (dsn_of(*month) if month else None)
    return _show(Letter.blank(objet=objet, message=kept.message if kept else None), known)


@blp.post("")
@in_space()
def send(space: Space) -> Any:
    """Send it once, whatever the number of presses (C3). A refusal loses nothing: it is in the draft."""
    form = Letter.posted()
    drafting = bool(form.pieces.value)
    if drafting:
        form.join(space)
    if form.good:
        with form.refusals():
            files = [] if drafting else form.attachments()
            of = form.pieces.value, form.brouillon.value
            message_id = clients().contact.write(space.tier.adherent_id, form.payload(), files, *of)
            return redirect(space.url(".receipt", message_id=message_id), 303)
    if drafting:
        with unless(*UNSHOWN):
            form.keep(space)
    return again(space, form, lost=not drafting and bool(form.attachments()))


@blp.get("/recu/<uuid:message_id>")
@in_space()
def receipt(space: Space, message_id: UUID) -> Any:
    """What was sent, under which reference."""
    return render_template("contact_recu.html", message=clients().contact.message(message_id))


def again(space: Space, form: Letter, *, lost: bool = False) -> Any:
    """The form as it was posted, with the draft as it is now."""
    return _show(form, _known(space), lost=lost)


def _known(space: Space) -> ContactForm:
    return clients().contact.form(space.tier.adherent_id, space.tier.site_id)


def _show(form: Letter, known: ContactForm, *, lost: bool = False) -> Any:
    return shown("contact.html", form, connu=known, fichiers_perdus=lost)

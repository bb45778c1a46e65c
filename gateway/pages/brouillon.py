"""What is written in « Nous contacter » and not sent: its words, and each file as it is chosen (decision 58).

A script asks for one thing at a time; without it the same buttons send the whole form, and the page comes back.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect

from gateway.clients import clients
from gateway.clients.problem import unless
from gateway.kit.access import Space, in_space
from gateway.kit.by_script import by_script
from gateway.kit.letter import ENDED, UNSHOWN, Letter
from gateway.kit.parts import part
from gateway.pages.contact import again

blp = Blueprint("brouillon", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/contact/brouillon")


@blp.post("")
@in_space()
def keep(space: Space) -> Any:
    """Keep what is typed."""
    form = Letter.posted()
    if not by_script():
        return _back(space, form)
    form.keep(space)
    return "", 204


@blp.post("/pieces")
@in_space()
def add(space: Space) -> Any:
    """Add files: to a script, their lines of the list."""
    form = Letter.posted()
    if not by_script():
        return _back(space, form)
    added = form.join(space)
    if form.refusal:
        raise form.refusal
    return part("pieces.html", pieces=added, space=space), 201


@blp.post("/pieces/<uuid:file_id>/retrait")
@in_space()
def remove(space: Space, file_id: UUID) -> Any:
    """Take a file out; one that is not there any more is out."""
    with unless(404):
        clients().contact.remove_file(space.tier.adherent_id, file_id)
    return ("", 204) if by_script() else _back(space, Letter.posted())


@blp.post("/abandon")
@in_space()
def abandon(space: Space) -> Any:
    """« Annuler »: what was written is given up, with its files."""
    clients().contact.discard_draft(space.tier.adherent_id, Letter.posted().brouillon.value)
    return redirect(space.url("accueil.page"), 303)


def _back(space: Space, form: Letter) -> Any:
    """To the page, with all that the form held kept: what is typed, and the files that came beside it. Of a draft that
    is over nothing is kept: the page shows what the form held, as part of the next one."""
    form.join(space)
    written = Letter.blank(objet=form.objet.value, message=form.message.value)
    with written.refusals(), unless(*(one for one in UNSHOWN if one != ENDED)):
        form.keep(space)
    if written.refused:
        return again(space, written, lost=bool(form.attachments()))
    if form.fichiers.error:
        flash(form.fichiers.error.replace("\n", " "), "avertissement")
    return redirect(space.url("contact.page"), 303)

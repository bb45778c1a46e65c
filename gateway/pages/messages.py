"""« Mes messages »: what I wrote to the caisse, and my consent, which I may withdraw at any time (G86)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit.forms import shown_version
from gateway.kit.listing import Listing
from gateway.kit.session import signed_in

blp = Blueprint("messages", __name__, url_prefix="/mon-compte/messages")


@blp.get("")
@signed_in
def page() -> Any:
    """The list, most recent first."""
    return _show()


@blp.post("/<uuid:message_id>/consentement")
@signed_in
def withdraw(message_id: UUID) -> Any:
    """« Retirer mon consentement », on the message as it was shown (AA52)."""
    try:
        clients().contact.withdraw_consent(message_id, shown_version())
    except Problem as problem:
        if problem.status != 412:
            raise
        return _show(problem), 412
    flash("Votre consentement est retiré.", "succes")
    return redirect(url_for(".page"), 303)


def _show(changed: Problem | None = None) -> str:
    listing = Listing.of(request.args, sorts=(), default_sort="", sizes=(25,))
    sent = clients().contact.messages(listing.page)
    return render_template("messages.html", messages=sent, changement=changed)

"""« Mes messages »: what I wrote to the caisse, and my consent, which I may withdraw at any time (G86)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.kit.forms import Shown, shown
from gateway.kit.listing import Listing
from gateway.kit.session import signed_in

blp = Blueprint("messages", __name__, url_prefix="/mon-compte/messages")


class Withdrawal(Shown):
    """« Retirer mon consentement », on the message as it was shown (AA52)."""

    corrects = ()


@blp.get("")
@signed_in
def page() -> Any:
    """The list, most recent first."""
    listing = Listing.of(request.args, sorts=(), default_sort="", sizes=(25,))
    return render_template("messages.html", messages=clients().contact.messages(listing.page))


@blp.get("/<uuid:message_id>")
@signed_in
def receipt(message_id: UUID) -> Any:
    """One message as it was sent: what it says, its files and what became of them."""
    return render_template("message.html", message=clients().contact.message(message_id))


@blp.get("/<uuid:message_id>/consentement")
@signed_in
def confirm(message_id: UUID) -> Any:
    """What withdrawing it does, before it is done."""
    message = clients().contact.message(message_id)
    return shown("consentement.html", Withdrawal.of(message), message=message)


@blp.post("/<uuid:message_id>/consentement")
@signed_in
def withdraw(message_id: UUID) -> Any:
    """Withdraw it; what changed since is shown."""
    form = Withdrawal.posted()
    with form.refusals():
        clients().contact.withdraw_consent(message_id, form.version.value)
        flash("Votre consentement est retiré. Votre caisse en est informée.", "succes")
        return redirect(url_for(".page"), 303)
    message = clients().contact.message(message_id)
    return shown("consentement.html", form.anew(message), message=message)

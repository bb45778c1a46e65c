"""« Mes messages »: what I wrote to the caisse, and my consent, which I may withdraw at any time (G86)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

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
    return _show(Withdrawal.blank())


@blp.post("/<uuid:message_id>/consentement")
@signed_in
def withdraw(message_id: UUID) -> Any:
    """Withdraw it; what changed since is shown."""
    form = Withdrawal.posted()
    with form.refusals():
        clients().contact.withdraw_consent(message_id, form.version.value)
        flash("Votre consentement est retiré.", "succes")
        return redirect(url_for(".page"), 303)
    return _show(form)


def _show(form: Withdrawal) -> Any:
    listing = Listing.of(request.args, sorts=(), default_sort="", sizes=(25,))
    sent = clients().contact.messages(listing.page)
    return shown("messages.html", form, messages=sent)

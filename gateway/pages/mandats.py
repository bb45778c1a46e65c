"""« Mes délégations »: what I was delegated, by which company, on which days; and giving one up."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.mandates import WholeMandate
from gateway.kit.forms import Shown, shown
from gateway.kit.listing import Listing
from gateway.kit.rights import Rights
from gateway.kit.session import signed_in

blp = Blueprint("mandats", __name__, url_prefix="/mon-compte/delegations")


class Renouncing(Shown):
    """« Renoncer », on the version that was shown."""


@blp.get("")
@signed_in
def page() -> Any:
    """All of them, what lives first."""
    listing = Listing.of(request.args, sorts=(), default_sort="", sizes=(25,))
    return render_template("mandats.html", mandats=clients().delegation.mandates(listing.page))


@blp.get("/<uuid:delegation_id>")
@signed_in
def one(delegation_id: UUID) -> Any:
    """One of them, with its rights."""
    held = clients().delegation.mandate(delegation_id)
    known = {"droits": Rights.held(held), "catalogue": clients().delegation.catalogue()}
    return render_template("mandat.html", mandat=held, **known)


@blp.get("/<uuid:delegation_id>/renoncer")
@signed_in
def renouncing(delegation_id: UUID) -> Any:
    """What giving it up takes with it, before the button."""
    return _show(clients().delegation.mandate(delegation_id), Renouncing.blank())


@blp.post("/<uuid:delegation_id>/renoncer")
@signed_in
def renounce(delegation_id: UUID) -> Any:
    """Give it up: it ends now (M7 for the last administrator). What changed since is shown, to decide again."""
    form = Renouncing.posted()
    if form.good:
        with form.refusals():
            clients().delegation.renounce(delegation_id, form.version.value)
            flash("Vous avez renoncé à cette délégation. Elle est fermée, et l'entreprise en est informée.", "succes")
            return redirect(url_for(".page"), 303)
    return _show(clients().delegation.mandate(delegation_id), form)


def _show(held: WholeMandate, form: Renouncing) -> Any:
    return shown("renoncer.html", form, mandat=held)

"""« Mes délégations »: what I was delegated, by which company, on which days; having an administrator reminded, asking
for more days, giving one up."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.clients.mandates import WholeMandate
from gateway.clients.requests import ProlongationWanted
from gateway.kit.catalogue import offered
from gateway.kit.fields import Day
from gateway.kit.forms import Sends, Shown, shown
from gateway.kit.listing import Listing
from gateway.kit.pressed import pressed
from gateway.kit.rights import Rights
from gateway.kit.session import signed_in

blp = Blueprint("mandats", __name__, url_prefix="/mon-compte/delegations")


class Longer(Shown, Sends[ProlongationWanted]):
    """« Demander la prolongation » (G26)."""

    wanted_on = Day(
        "Nouvelle date de fin souhaitée",
        required="Saisissez la nouvelle date de fin.",
        help="Le dernier jour de vos droits, s'il est accordé. Vos droits restent les mêmes.",
    )


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
    known = {"droits": Rights.held(held), "catalogue": offered()}
    return render_template("mandat.html", mandat=held, **known)


@blp.post("/<uuid:delegation_id>/relance")
@signed_in
def remind(delegation_id: UUID) -> Any:
    """Have an administrator reminded, once in two days."""
    with pressed("Un administrateur de l'entreprise est relancé par courriel.", otherwise={409: "", 429: ""}):
        clients().delegation.remind(delegation_id)
    return redirect(url_for(".page"), 303)


@blp.get("/<uuid:delegation_id>/prolonger")
@signed_in
def prolonging(delegation_id: UUID) -> Any:
    """Until when: a year more by default."""
    held = clients().delegation.mandate(delegation_id)
    return shown("prolonger.html", Longer.blank(wanted_on=_a_year_more(held)), mandat=held)


@blp.post("/<uuid:delegation_id>/prolonger")
@signed_in
def prolong(delegation_id: UUID) -> Any:
    """Ask its administrators, of the end that was shown."""
    form = Longer.posted()
    if form.good:
        with form.refusals():
            clients().delegation.ask_prolongation(delegation_id, form.version.value, form.payload())
            flash(
                "Votre demande est envoyée aux administrateurs de l'entreprise. Leur réponse vous sera envoyée.",
                "succes",
            )
            return redirect(url_for(".page"), 303)
    return shown("prolonger.html", form, mandat=clients().delegation.mandate(delegation_id))


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


def _a_year_more(held: WholeMandate) -> date | None:
    end = held.ends_on
    if end is None:
        return None
    leap = (end.month, end.day) == (2, 29)
    return end.replace(year=end.year + 1, day=28) if leap else end.replace(year=end.year + 1)


def _show(held: WholeMandate, form: Renouncing) -> Any:
    return shown("renoncer.html", form, mandat=held)

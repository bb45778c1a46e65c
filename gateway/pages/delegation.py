"""One delegation: Visualisation, Fermeture, and a new link for a pending one (G19, T7)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for

from gateway.clients import clients, requests
from gateway.clients.delegation import Delegation
from gateway.clients.problem import unless
from gateway.kit.access import Space, in_space
from gateway.kit.beside import PARAMETER
from gateway.kit.catalogue import offered
from gateway.kit.fields import Day
from gateway.kit.forms import Sends, Shown, shown
from gateway.kit.rights import Rights
from gateway.kit.today import after, today

blp = Blueprint(
    "delegation", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/<uuid:delegation_id>"
)


class Closing(Shown, Sends[requests.Closing]):
    """When it ends."""

    ends_on = Day(
        "Date de fermeture",
        required="Saisissez la date de fermeture.",
        help="Aujourd'hui par défaut. À une date ultérieure, les droits restent ouverts jusqu'à cette date incluse.",
    )


class NewLink(Shown):
    """« Envoyer un nouveau lien »; over the limit, the page says when (M6, K6)."""

    corrects = (429,)


@blp.get("")
@in_space(administrator=True)
def page(space: Space, delegation_id: UUID) -> Any:
    """The delegation, read-only."""
    return _show(space, delegation_id, NewLink.blank())


@blp.get("/fermer")
@in_space(administrator=True)
def closing(space: Space, delegation_id: UUID) -> Any:
    """What closing does, and when: today by default."""
    held = clients().delegation.delegation(space.tier.adherent_id, delegation_id)
    return _show_closing(held, Closing.blank(ends_on=today()))


def _given_up(adherent_id: UUID, delegation_id: UUID) -> Any:
    """What became of a closing whose sender has no access any more: it is what ended that, if it is the same one."""
    form = Closing.posted()
    if form.good:
        with unless(*range(400, 500)):
            _close(adherent_id, delegation_id, form)
            return _closed(form, _out())
    return None


@blp.post("/fermer")
@in_space(administrator=True, again=_given_up)
def close(space: Space, delegation_id: UUID) -> Any:
    """Close it: at once when the day typed is today (M7 for the last administrator). Who closes his own leaves."""
    form = Closing.posted()
    if form.good:
        with form.refusals():
            _close(space.tier.adherent_id, delegation_id, form)
            gone = delegation_id == space.tier.access.delegation_id and _at_once(form)
            return _closed(form, _out() if gone else space.url("droits.page"))
    return _show_closing(clients().delegation.delegation(space.tier.adherent_id, delegation_id), form)


@blp.post("/invitation")
@in_space(administrator=True)
def invite_again(space: Space, delegation_id: UUID) -> Any:
    """Ask for a new link for the beneficiary of a pending delegation."""
    form = NewLink.posted()
    with form.refusals():
        clients().delegation.act(space.tier.adherent_id, delegation_id, form.version.value, "invitation")
        flash("Un nouveau lien va être envoyé au bénéficiaire. Son envoi est indiqué dans le statut.", "succes")
        return redirect(space.url(".page", delegation_id=delegation_id), 303)
    return _show(space, delegation_id, form)


def _close(adherent_id: UUID, delegation_id: UUID, form: Closing) -> None:
    """Always the day that was typed, never « today »: the same form is the same demand after midnight (C3)."""
    clients().delegation.close(adherent_id, delegation_id, form.version.value, form.payload())


def _out() -> str:
    """The choice of the tiers, which this space is not among any more."""
    return url_for("choix.page", **{PARAMETER: None})


def _at_once(form: Closing) -> bool:
    day = form.ends_on.value
    return day is None or day <= today()


def _closed(form: Closing, where: str) -> Any:
    done = "La délégation est fermée." if _at_once(form) else "La date de fin de la délégation est enregistrée."
    flash(done, "succes")
    return redirect(where, 303)


def _show(space: Space, delegation_id: UUID, form: NewLink) -> Any:
    held = clients().delegation.delegation(space.tier.adherent_id, delegation_id)
    known = {"delegation": held, "droits": Rights.held(held), "catalogue": offered()}
    too_soon = None if form.changed else form.refusal
    possible = after(too_soon.retry_after) if too_soon else None
    page, status = shown("delegation.html", form, **known, trop_tot=too_soon, possible_le=possible)
    return page, status, {"Retry-After": too_soon.retry_after or "60"} if too_soon else {}


def _show_closing(held: Delegation, form: Closing) -> Any:
    return shown("fermer.html", form, delegation=held)

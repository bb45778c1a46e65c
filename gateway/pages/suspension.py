"""« Suspendre jusqu'au … » and « Reprendre »: a delegation opens nothing for a while; each page says what it does."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect

from gateway.clients import clients, requests
from gateway.clients.delegation import Delegation
from gateway.kit.access import Space, in_space
from gateway.kit.fields import Day
from gateway.kit.forms import Sends, Shown, shown
from gateway.kit.proof import OF_ADMINISTRATORS, Proof, Proven

blp = Blueprint(
    "suspension", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/<uuid:delegation_id>"
)


class Suspending(Shown, Sends[requests.Suspension]):
    """Until when."""

    until = Day(
        "Suspendre jusqu'au",
        required="Saisissez le dernier jour de la suspension.",
        help="Ce jour inclus. La délégation reprend d'elle-même le lendemain, avec les mêmes droits.",
    )


class Resuming(Proven, Shown):
    """« Reprendre », with the password that an administrator's needs."""

    mot_de_passe = Proof(OF_ADMINISTRATORS)


@blp.get("/suspendre")
@in_space(administrator=True)
def suspending(space: Space, delegation_id: UUID) -> Any:
    """What a suspension does, and until when."""
    return _show(_held(space, delegation_id), Suspending.blank())


@blp.post("/suspendre")
@in_space(administrator=True)
def suspend(space: Space, delegation_id: UUID) -> Any:
    """Suspend it from now on, up to that day."""
    form = Suspending.posted()
    if form.good:
        with form.refusals():
            of, version = space.tier.adherent_id, form.version.value
            clients().delegation.suspend(of, delegation_id, version, form.payload())
            flash("La délégation est suspendue. Le bénéficiaire va en être informé par courriel.", "succes")
            return redirect(space.url("delegation.page", delegation_id=delegation_id), 303)
    return _show(_held(space, delegation_id), form)


@blp.get("/reprendre")
@in_space(administrator=True)
def resuming(space: Space, delegation_id: UUID) -> Any:
    """What is opened again."""
    return _show(_held(space, delegation_id), Resuming.blank())


@blp.post("/reprendre")
@in_space(administrator=True)
def resume(space: Space, delegation_id: UUID) -> Any:
    """Open it again before its day."""
    form = Resuming.posted()
    if form.good:
        with form.refusals():
            form.prove()
            clients().delegation.act(space.tier.adherent_id, delegation_id, form.version.value, "resumption")
            flash("La délégation est reprise. Le bénéficiaire va en être informé par courriel.", "succes")
            return redirect(space.url("delegation.page", delegation_id=delegation_id), 303)
    return _show(_held(space, delegation_id), form)


def _held(space: Space, delegation_id: UUID) -> Delegation:
    return clients().delegation.delegation(space.tier.adherent_id, delegation_id)


def _show(held: Delegation, form: Suspending | Resuming) -> Any:
    page = "suspendre.html" if isinstance(form, Suspending) else "reprendre.html"
    return shown(page, form, delegation=held)

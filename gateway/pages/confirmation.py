"""The administrator confirms or refuses: who, which rights, which dates, then a button (G52, G53, AA9)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for

from contracts.words.reasons import LONGEST_REASON
from gateway.clients import clients, requests
from gateway.clients.problem import unless
from gateway.kit.beside import belongs_to
from gateway.kit.catalogue import offered
from gateway.kit.fields import Press, Text
from gateway.kit.forms import Sends, Shown, shown
from gateway.kit.pressed import pressed
from gateway.kit.rights import Rights
from gateway.kit.session import signed_in, somebody_else
from gateway.kit.together import together

blp = Blueprint("confirmation", __name__)
REFUSE = "refuser"
DECISIONS = {
    "confirmer": "La délégation est confirmée. Le bénéficiaire va en être informé par courriel.",
    REFUSE: "La délégation est refusée. Le bénéficiaire va en être informé par courriel.",
}


class Decision(Shown, Sends[requests.Refusal]):
    """« Confirmer » or « Refuser », on the version that was shown."""

    corrects = (422,)
    decision = Press()
    reason = Text(
        "Motif du refus (facultatif)",
        max=LONGEST_REASON,
        help=f"Le bénéficiaire et les autres administrateurs le lisent. {LONGEST_REASON} caractères au plus.",
    )


@blp.get("/delegations/<uuid:delegation_id>/confirmation")
@signed_in
def page(delegation_id: UUID) -> Any:
    """The page of the mail's link: it shows, it never acts. Whoever may not see it may be logged in by mistake."""
    if (adherent_id := _mine(delegation_id)) is None:
        return somebody_else("", 404)
    belongs_to(adherent_id)
    return _show(adherent_id, delegation_id, Decision.blank())


@blp.post("/delegations/<uuid:delegation_id>/confirmation")
@signed_in
def decide(delegation_id: UUID) -> Any:
    """« Confirmer » or « Refuser » what the page showed; what changed since is shown, to decide again (AA52)."""
    form = Decision.posted()
    if form.decision.typed not in DECISIONS:
        abort(422)
    adherent_id = clients().delegation.locate(delegation_id).adherent_id
    if not form.errors:
        with form.refusals(), pressed(DECISIONS[form.decision.typed], otherwise={409: ""}):
            _answer(adherent_id, delegation_id, form)
    if form.changed or form.errors:
        return _show(adherent_id, delegation_id, form)
    return redirect(url_for(".page", delegation_id=delegation_id), 303)


def _answer(adherent_id: UUID, delegation_id: UUID, form: Decision) -> None:
    asked, version = clients().delegation, form.version.value
    if form.decision.typed == REFUSE:
        asked.refuse(adherent_id, delegation_id, version, form.payload())
    else:
        asked.act(adherent_id, delegation_id, version, "confirmation")


def _show(adherent_id: UUID, delegation_id: UUID, form: Decision) -> Any:
    asked = clients().delegation
    held, adherent = together(lambda: asked.delegation(adherent_id, delegation_id), lambda: asked.adherent(adherent_id))
    return shown(
        "confirmation.html",
        form,
        delegation=held,
        adherent=adherent,
        catalogue=offered(),
        droits=Rights.held(held),
    )


def _mine(delegation_id: UUID) -> UUID | None:
    with unless(404):
        return clients().delegation.locate(delegation_id).adherent_id
    return None

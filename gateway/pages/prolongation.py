"""The administrator grants or refuses the days that a beneficiary asks for, before his delegation ends (C8, G26)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for

from contracts.words.reasons import LONGEST_REASON
from gateway.clients import clients, requests
from gateway.clients.problem import unless
from gateway.kit.beside import belongs_to
from gateway.kit.catalogue import offered
from gateway.kit.fields import Press, Text
from gateway.kit.forms import Sends, Shown, shown
from gateway.kit.proof import Proof, Proven
from gateway.kit.rights import Rights
from gateway.kit.session import signed_in, somebody_else
from gateway.kit.together import together

blp = Blueprint("prolongation", __name__)
REFUSE = "refuser"
DONE = {
    "accorder": "La délégation est prolongée. Le bénéficiaire va en être informé par courriel.",
    REFUSE: "La prolongation est refusée. Le bénéficiaire va en être informé par courriel.",
}


class Answer(Proven, Shown, Sends[requests.ProlongationRefusal]):
    """« Accorder » with a recent password, or « Refuser », on the version that was shown."""

    decision = Press()
    reason = Text(
        "Motif du refus (facultatif)",
        max=LONGEST_REASON,
        help=f"Le bénéficiaire et les autres administrateurs le lisent. {LONGEST_REASON} caractères au plus.",
    )
    mot_de_passe = Proof("Pour votre sécurité, prolonger une délégation demande votre mot de passe.")


@blp.get("/delegations/<uuid:delegation_id>/prolongation")
@signed_in
def page(delegation_id: UUID) -> Any:
    """The page of the mail's link: it shows, it never acts. Whoever may not see it may be logged in by mistake."""
    with unless(404):
        adherent_id = clients().delegation.locate(delegation_id).adherent_id
        belongs_to(adherent_id)
        return _show(adherent_id, delegation_id, Answer.blank())
    return somebody_else("", 404)


@blp.post("/delegations/<uuid:delegation_id>/prolongation")
@signed_in
def decide(delegation_id: UUID) -> Any:
    """« Accorder » or « Refuser » what the page showed; what changed since is shown, to decide again (AA52)."""
    form = Answer.posted()
    if form.decision.typed not in DONE:
        abort(422)
    adherent_id = clients().delegation.locate(delegation_id).adherent_id
    if form.good:
        with form.refusals():
            _answer(adherent_id, delegation_id, form)
            flash(DONE[form.decision.typed], "succes")
            return redirect(url_for(".page", delegation_id=delegation_id), 303)
    return _show(adherent_id, delegation_id, form)


def _answer(adherent_id: UUID, delegation_id: UUID, form: Answer) -> None:
    asked, version = clients().delegation, form.version.value
    if form.decision.typed == REFUSE:
        asked.refuse_prolongation(adherent_id, delegation_id, version, form.payload())
    else:
        form.prove()
        asked.grant_prolongation(adherent_id, delegation_id, version)


def _show(adherent_id: UUID, delegation_id: UUID, form: Answer) -> Any:
    asked = clients().delegation
    held, adherent = together(lambda: asked.delegation(adherent_id, delegation_id), lambda: asked.adherent(adherent_id))
    known = {"delegation": held, "adherent": adherent, "catalogue": offered(), "droits": Rights.held(held)}
    return shown("prolongation.html", form, **known)

"""The administrator confirms or refuses: who, which rights, which dates, then a button (G52, G53, AA9)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from gateway.clients import clients
from gateway.clients.delegation import Verb
from gateway.clients.problem import Problem
from gateway.kit.beside import belongs_to
from gateway.kit.fields import Press
from gateway.kit.forms import Shown
from gateway.kit.rights import Rights
from gateway.kit.session import signed_in, somebody_else

blp = Blueprint("confirmation", __name__)
DECISIONS: dict[str, tuple[Verb, str]] = {
    "confirmer": ("confirmation", "La délégation est confirmée. Le bénéficiaire va en être informé par courriel."),
    "refuser": ("refusal", "La délégation est refusée. Le bénéficiaire va en être informé par courriel."),
}


class Decision(Shown):
    """« Confirmer » or « Refuser », on the version that was shown."""

    decision = Press()


@blp.get("/delegations/<uuid:delegation_id>/confirmation")
@signed_in
def page(delegation_id: UUID) -> Any:
    """The page of the mail's link: it shows, it never acts. Whoever may not see it may be logged in by mistake."""
    if (adherent_id := _mine(delegation_id)) is None:
        return somebody_else("", 404)
    belongs_to(adherent_id)
    return _show(adherent_id, delegation_id)


@blp.post("/delegations/<uuid:delegation_id>/confirmation")
@signed_in
def decide(delegation_id: UUID) -> Any:
    """« Confirmer » or « Refuser » what the page showed; what changed since is shown, to decide again (AA52)."""
    form = Decision.posted()
    if form.decision.typed not in DECISIONS:
        abort(422)
    verb, sentence = DECISIONS[form.decision.typed]
    asked = clients().delegation
    adherent_id = asked.locate(delegation_id).adherent_id
    try:
        asked.act(adherent_id, delegation_id, form.version.value, verb)
        flash(sentence, "succes")
    except Problem as problem:
        if problem.status == 412:
            return _show(adherent_id, delegation_id, problem), 412
        if problem.status != 409:
            raise
        flash(problem.detail, "avertissement")
    return redirect(url_for(".page", delegation_id=delegation_id), 303)


def _show(adherent_id: UUID, delegation_id: UUID, changed: Problem | None = None) -> str:
    asked = clients().delegation
    held, adherent = asked.delegation(adherent_id, delegation_id), asked.adherent(adherent_id)
    return render_template(
        "confirmation.html",
        form=Decision.blank(),
        delegation=held,
        adherent=adherent,
        catalogue=asked.catalogue(),
        droits=Rights.held(held),
        changement=changed,
    )


def _mine(delegation_id: UUID) -> UUID | None:
    try:
        return clients().delegation.locate(delegation_id).adherent_id
    except Problem as problem:
        if problem.status != 404:
            raise
    return None

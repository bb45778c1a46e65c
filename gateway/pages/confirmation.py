"""The administrator confirms or refuses: who, which rights, which dates, then a button (G52, G53, AA9)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for

from gateway.clients import clients
from gateway.clients.delegation import Verb
from gateway.clients.problem import unless
from gateway.kit.beside import belongs_to
from gateway.kit.fields import Press
from gateway.kit.forms import Shown, shown
from gateway.kit.pressed import pressed
from gateway.kit.rights import Rights
from gateway.kit.session import signed_in, somebody_else

blp = Blueprint("confirmation", __name__)
DECISIONS: dict[str, tuple[Verb, str]] = {
    "confirmer": ("confirmation", "La délégation est confirmée. Le bénéficiaire va en être informé par courriel."),
    "refuser": ("refusal", "La délégation est refusée. Le bénéficiaire va en être informé par courriel."),
}


class Decision(Shown):
    """« Confirmer » or « Refuser », on the version that was shown."""

    corrects = ()
    decision = Press()


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
    verb, sentence = DECISIONS[form.decision.typed]
    asked = clients().delegation
    adherent_id = asked.locate(delegation_id).adherent_id
    with form.refusals(), pressed(sentence, otherwise={409: ""}):
        asked.act(adherent_id, delegation_id, form.version.value, verb)
    if form.changed:
        return _show(adherent_id, delegation_id, form)
    return redirect(url_for(".page", delegation_id=delegation_id), 303)


def _show(adherent_id: UUID, delegation_id: UUID, form: Decision) -> Any:
    asked = clients().delegation
    held, adherent = asked.delegation(adherent_id, delegation_id), asked.adherent(adherent_id)
    return shown(
        "confirmation.html",
        form,
        delegation=held,
        adherent=adherent,
        catalogue=asked.catalogue(),
        droits=Rights.held(held),
    )


def _mine(delegation_id: UUID) -> UUID | None:
    with unless(404):
        return clients().delegation.locate(delegation_id).adherent_id
    return None

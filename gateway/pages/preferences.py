"""« Mes préférences »: what one is written about and how often (G48, G78), for one company or for all."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for

from contracts.words.preferences import CHOICES, Rhythm, Subject
from gateway.clients import clients
from gateway.clients.requests import PreferencesWanted
from gateway.kit.beside import space_beside
from gateway.kit.fields import Check, Choice
from gateway.kit.forms import Sends, shown
from gateway.kit.session import signed_in
from gateway.kit.together import together

blp = Blueprint("preferences", __name__, url_prefix="/mon-compte/preferences")


def _choice(subject: Subject, label: str) -> Choice:
    return Choice(label, required="Choisissez une réponse.", among=tuple(one.value for one in CHOICES[subject]))


class Wishes(Sends[PreferencesWanted]):
    """A rhythm for each subject; `toutes`: for all companies, whatever was chosen for each."""

    alertes_dsn = _choice(Subject.DSN_ALERTS, "Récapitulatif des alertes DSN")
    avis_documents = _choice(Subject.DOCUMENTS, "Avis de réception des documents dématérialisés")
    nouvelles_caisse = _choice(Subject.NEWS, "Informations de votre caisse")
    toutes = Check("Appliquer à toutes mes entreprises", sent=False)


@blp.get("")
@signed_in
def page() -> Any:
    """What holds for the company that the page was opened from, or for all; the opening's consent to the caisse's news
    until something was chosen."""
    space = space_beside()
    found, account = together(
        lambda: clients().notification.preferences(space.tier.adherent_id if space else None),
        lambda: clients().identity.account(),
    )
    rhythms = {one.subject: one.rhythm for one in found.items}
    if account.newsletter and not any(one.chosen for one in found.items if one.subject == Subject.NEWS):
        rhythms[Subject.NEWS.value] = Rhythm.EACH.value
    return shown("preferences.html", Wishes.blank(**rhythms))


@blp.post("")
@signed_in
def choose() -> Any:
    """Keep them, for that company or for all."""
    space, form = space_beside(), Wishes.posted()
    if form.good:
        with form.refusals():
            whole = space is None or form.toutes.value
            clients().notification.choose_preferences(
                None if whole else space.tier.adherent_id,  # type: ignore[union-attr]
                form.payload(),
            )
            flash("Vos préférences sont enregistrées.", "succes")
            return redirect(url_for(".page"), 303)
    return shown("preferences.html", form)

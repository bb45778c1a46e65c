"""« Qui pouvait quoi, le … »: who could do what for the adhérent on a past day, as was known then or since."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request

from contracts.words.changes import differences
from gateway.clients import clients
from gateway.clients.past import Part, WhoCould
from gateway.clients.requests import PastFilters
from gateway.kit import labels
from gateway.kit.access import Space, in_space
from gateway.kit.fields import Day, EndOfDay, Hidden, Text
from gateway.kit.forms import Sends, shown
from gateway.kit.today import today

blp = Blueprint("qui_pouvait", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits")
KNOWN = "Facultatif : sans ce qui a été décidé après ce jour. Sans date, tout ce qui est connu aujourd'hui."


class Asked(Sends[PastFilters]):
    """Which day, whom, and the day at whose end one knew what is told; `apres`: where the page before ended."""

    corrects = (400, 422)
    jour = Day("Jour", required="Saisissez le jour.")
    personne = Text("Personne", max=100, help="Nom ou courriel.")
    connu = EndOfDay("Tel que connu le", help=KNOWN)
    apres = Hidden(sent=False)

    @property
    def after(self) -> UUID | None:
        """After whom to begin; from the first for what is no delegation."""
        asked = self.apres.value or ""
        return UUID(asked) if labels.is_uuid(asked) else None

    @property
    def narrowed(self) -> dict[str, str | None]:
        """What the addresses of the same question say."""
        return {one.name: self.values[one.name] or None for one in self.fields if one.sent}


@blp.get("/qui-pouvait")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """Today's before anything is asked; a day that is unreadable is said beside it, with nobody."""
    form = Asked.asked() if request.args else Asked.blank(jour=today())
    found = WhoCould()
    if form.good:
        with form.refusals():
            found = clients().delegation.who_could(space.tier.adherent_id, form.payload(), form.after)
    return shown(
        "qui_pouvait.html",
        form,
        resultat=found,
        en_mots=in_words,
        debut=space.url(".page", **form.narrowed),
        suite=space.url(".page", **form.narrowed, apres=found.next),
    )


def in_words(part: Part) -> list[tuple[str, str]]:
    """What it gave, as the journal says it: administration, collèges, each function."""
    given = differences(None, vars(part))
    return [(one.label, one.after) for one in given if one.field not in ("starts_on", "ends_on")]

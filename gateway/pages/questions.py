"""« Questions-Réponses » (G71): every question by theme, or those that a search finds."""

from typing import Any

from flask import Blueprint, render_template

from gateway.kit.fields import Hidden, Text
from gateway.kit.functions_bar import Origin
from gateway.kit.questions import search, themes
from gateway.kit.session import public, recognised

blp = Blueprint("questions", __name__)


class Search(Origin):
    """The words one looks for, and what the page carries on."""

    recherche = Text("Rechercher dans les questions et les réponses", max=100, sent=False)
    espace = Hidden(sent=False)


@blp.get("/questions-reponses")
@public
def page() -> Any:
    """A search that is in the address: it works without JavaScript, and can be kept."""
    recognised()
    form = Search.asked()
    words = form.recherche.value[: Search.recherche.max]
    found = search(words) if words else None
    return render_template("questions.html", form=form, trouve=found, themes=themes(), retour=form.path)

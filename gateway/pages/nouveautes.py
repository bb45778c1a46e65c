"""« Nouveautés de l'Espace sécurisé » (G71): what came, by date, and what this person had not read yet."""

from typing import Any

from flask import Blueprint, render_template

from gateway.kit.fields import Text
from gateway.kit.forms import Form
from gateway.kit.functions_bar import Origin
from gateway.kit.memory import news_read, remembered
from gateway.kit.news import newest, news
from gateway.kit.session import public, recognised

blp = Blueprint("nouveautes", __name__)


class Edition(Form):
    """Which edition is asked for, by its day."""

    edition = Text(max=10, sent=False)


@blp.get("/nouveautes")
@public
def page() -> Any:
    """One edition whole, the newest unless another is asked for, and the others by their names. Who opens the page
    has read it: his browser remembers (decision 52)."""
    recognised()
    read = remembered().news
    news_read(newest())
    asked = Edition.asked().edition.value
    shown = next((one for one in news() if one.day.isoformat() == asked), news()[0])
    return render_template("nouveautes.html", editions=news(), montree=shown, lu=read, retour=Origin.asked().path)

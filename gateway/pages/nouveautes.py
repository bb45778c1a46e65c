"""« Nouveautés de l'Espace sécurisé » (G71): what came, by date, and what this person had not read yet."""

from typing import Any

from flask import Blueprint, render_template

from gateway.kit.functions_bar import Origin
from gateway.kit.memory import news_read, remembered
from gateway.kit.news import newest, news
from gateway.kit.session import public, recognised

blp = Blueprint("nouveautes", __name__)


@blp.get("/nouveautes")
@public
def page() -> Any:
    """Every edition, newest first. Who opens the page has read it: his browser remembers (decision 52)."""
    recognised()
    read = remembered().news
    news_read(newest())
    return render_template("nouveautes.html", editions=news(), lu=read, retour=Origin.asked().path)

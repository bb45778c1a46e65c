"""« Aide applicative de la page » and its tutorial, as a list (G71): of the page that it was opened from."""

from typing import Any

from flask import Blueprint, abort, render_template

from gateway.kit.functions_bar import Origin
from gateway.kit.help_texts import help_texts
from gateway.kit.questions import theme
from gateway.kit.session import public, recognised

blp = Blueprint("aide", __name__)


@blp.get("/aide/<string(maxlength=60):page>")
@public
def page(page: str) -> Any:
    """What a page is for, its tutorial, and what else one may ask."""
    recognised()
    found = help_texts().get(page)
    if found is None:
        abort(404)
    return render_template("aide_page.html", aide=found, theme=theme(found.theme), retour=Origin.asked().path)

"""The bubble of a bell: what the alerts of a site say, asked for when it is opened (G63, G64)."""

from dataclasses import dataclass
from typing import Any, Literal

from flask import Blueprint, abort, redirect

from gateway.clients import clients
from gateway.kit.access import Space, in_space
from gateway.kit.bell import alerts
from gateway.kit.by_script import by_script
from gateway.kit.parts import part

blp = Blueprint("suivi_bulle", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/suivi-dsn/bulle")


@dataclass(frozen=True)
class Line:
    """What one alert says; on a line of its own what is to be done, where the place says it apart."""

    says: str
    new: bool
    action: str = ""


@blp.get("/<any(liste, accueil):vue>")
@in_space()
def page(space: Space, vue: Literal["liste", "accueil"]) -> Any:
    """As a line of the choice or as the home page says it. A browser that asks for it as a page has « Suivi DSN ».

    To look at it is not to use the function: nothing is counted.
    """
    if not space.sees_dsn:
        abort(403)
    if not by_script():
        return redirect(space.url("suivi_dsn.page"))
    count, lines = _of_a_line(space) if vue == "liste" else _of_the_home_page(space)
    return part("bulle.html", lignes=lines, nombre=count, suivi=space.url("suivi_dsn.page"))


def _of_a_line(space: Space) -> tuple[int, list[Line]]:
    found = clients().dsn.bubble(space.tier.site_id)
    return found.count, [Line(one.periode, one.new, one.action) for one in found.messages]


def _of_the_home_page(space: Space) -> tuple[int, list[Line]]:
    found = alerts(space)
    new = [one.new for one in found.items] or [False] * len(found.messages)
    return found.count, [Line(says, one) for says, one in zip(found.messages, new, strict=False)]

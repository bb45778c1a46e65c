"""« Activité du compte »: what was done with my account in twelve months, and what was refused."""

from typing import Any

from flask import Blueprint, render_template, request

from gateway.clients import clients
from gateway.kit.fields import Hidden
from gateway.kit.forms import Form
from gateway.kit.reading import key
from gateway.kit.session import signed_in

blp = Blueprint("activite", __name__, url_prefix="/mon-compte/activite")


class Older(Form):
    """The key of the page of older acts; none for the newest."""

    avant = Hidden(sent=False)


@blp.get("")
@signed_in
def page() -> Any:
    """The newest acts first; those of the address's key and before, when it has one."""
    before = key(Older.read(request.args).avant.value)
    return render_template("activite.html", activite=clients().identity.activity(before), plus_ancien=bool(before))

"""« Mes sessions »: where I am logged in, and ending what should not be (ASVS 7.5.2)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from gateway.clients import clients
from gateway.kit.listing import Listing
from gateway.kit.pressed import pressed
from gateway.kit.session import signed_in

blp = Blueprint("sessions", __name__, url_prefix="/mon-compte/sessions")


@blp.get("")
@signed_in
def page() -> Any:
    """The list, most recent first; the one of this page is marked."""
    listing = Listing.of(request.args, sorts=(), default_sort="", sizes=(25,))
    return render_template("sessions.html", sessions=clients().identity.sessions(listing.page))


@blp.post("/<uuid:session_id>/fin")
@signed_in
def end(session_id: UUID) -> Any:
    """End one; one that is over already is as it should be."""
    with pressed("La session est fermée.", otherwise={}):
        clients().identity.end_session(session_id)
    return redirect(url_for(".page"), 303)


@blp.post("/fin")
@signed_in
def end_others() -> Any:
    """End all but this one."""
    with pressed("Vos autres sessions sont fermées.", otherwise={}):
        clients().identity.end_other_sessions()
    return redirect(url_for(".page"), 303)

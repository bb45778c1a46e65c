"""The caisse's page: the files of a message, behind the link of its mail (AA9)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template

from gateway import links
from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.session import public

blp = Blueprint("dossier", __name__, url_prefix="/dossier")


@blp.get("")
@public
def page() -> Any:
    """The list of the files."""
    try:
        found = clients().contact.dossier(links.kept("dossier"))
    except Problem as problem:
        return _dead(problem)
    return render_template("dossier.html", dossier=found)


@blp.get("/fichiers/<uuid:file_id>")
@public
def download(file_id: UUID) -> Any:
    """One file, always as an attachment."""
    try:
        answer = clients().contact.dossier_file(links.kept("dossier"), file_id)
    except Problem as problem:
        return _dead(problem)
    response = Response(answer.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = answer.headers.get("Content-Disposition", "attachment")
    return response


def _dead(problem: Problem) -> Any:
    if problem.status not in (400, 401, 410, 422):
        raise problem
    return render_template("lien_mort.html", lien="dossier"), 410

"""The caisse's page: the files of a message, behind the link of its mail (AA9)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit import links
from gateway.kit.downloads import handed_on
from gateway.kit.session import public

blp = Blueprint("dossier", __name__, url_prefix=f"/dossier/{links.HANDLE}")


@blp.get("")
@public
def page(link: str) -> Any:
    """The list of the files."""
    try:
        found = clients().contact.dossier(links.kept("dossier", link))
    except Problem as problem:
        return links.dead(problem, "dossier", link)
    return render_template("dossier.html", dossier=found, lien=link)


@blp.get("/fichiers/<uuid:file_id>")
@public
def download(link: str, file_id: UUID) -> Any:
    """One file, as it comes from the service, always as an attachment."""
    try:
        return handed_on(clients().contact.dossier_file(links.kept("dossier", link), file_id))
    except Problem as problem:
        return links.dead(problem, "dossier", link)

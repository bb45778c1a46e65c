"""The caisse's page: the files of a message, behind the link of its mail (AA9)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from gateway.clients import clients
from gateway.kit import links
from gateway.kit.downloads import handed_on
from gateway.kit.session import public

blp = Blueprint("dossier", __name__, url_prefix=f"/dossier/{links.HANDLE}")


@blp.get("")
@public
def page(link: str) -> Any:
    """The list of the files."""
    with links.followed("dossier", link) as token:
        found = clients().contact.dossier(token)
    return render_template("dossier.html", dossier=found, lien=link)


@blp.get("/fichiers/<uuid:file_id>")
@public
def download(link: str, file_id: UUID) -> Any:
    """One file, as it comes from the service, always as an attachment."""
    with links.followed("dossier", link) as token:
        file = clients().contact.dossier_file(token, file_id)
    return handed_on(file)

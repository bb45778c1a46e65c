"""« Attestation de délégation », for who administers the delegation: issued, shown, printed, saved as a PDF."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template

from gateway.clients import clients
from gateway.clients.attestations import Attestation
from gateway.clients.problem import unless
from gateway.kit.access import Space, in_space
from gateway.kit.attestation import ISSUED, paper
from gateway.kit.attestation_pdf import as_file
from gateway.kit.pressed import pressed
from gateway.kit.together import together

blp = Blueprint(
    "attestation_delegation",
    __name__,
    url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/<uuid:delegation_id>",
)


@blp.get("/attestation")
@in_space(administrator=True)
def page(space: Space, delegation_id: UUID) -> Any:
    """The document of the delegation as it is, or the button that issues it."""
    adherent_id, asked = space.tier.adherent_id, clients().delegation

    def document() -> Attestation | None:
        with unless(404):
            return asked.attestation(adherent_id, delegation_id)
        return None

    held, of = together(lambda: asked.delegation(adherent_id, delegation_id), document)
    return render_template(
        "attestation.html",
        papier=paper(of) if of else None,
        fil_d_ariane=[
            ("Gérer les droits d'accès", space.url("droits.page")),
            (f"Délégation de {held.name}", space.url("delegation.page", delegation_id=delegation_id)),
        ],
        emettre=space.url(".issue", delegation_id=delegation_id),
        pdf=space.url(".pdf", delegation_id=delegation_id),
    )


@blp.post("/attestation")
@in_space(administrator=True)
def issue(space: Space, delegation_id: UUID) -> Any:
    """Issue it; the journal says who did."""
    with pressed(ISSUED, otherwise={409: ""}):
        clients().delegation.issue_attestation(space.tier.adherent_id, delegation_id)
    return redirect(space.url(".page", delegation_id=delegation_id), 303)


@blp.get("/attestation.pdf")
@in_space(administrator=True)
def pdf(space: Space, delegation_id: UUID) -> Any:
    """The same as a file; 404 while none is issued."""
    return as_file(clients().delegation.attestation(space.tier.adherent_id, delegation_id))

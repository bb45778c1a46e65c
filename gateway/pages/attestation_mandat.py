"""« Attestation de délégation » of one's own: issued, shown, printed, saved as a PDF."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for

from gateway.clients import clients
from gateway.clients.attestations import Attestation
from gateway.clients.problem import unless
from gateway.kit.attestation import ISSUED, paper
from gateway.kit.attestation_pdf import as_file
from gateway.kit.pressed import pressed
from gateway.kit.session import signed_in
from gateway.kit.together import together

blp = Blueprint("attestation_mandat", __name__, url_prefix="/mon-compte/delegations/<uuid:delegation_id>")


@blp.get("/attestation")
@signed_in
def page(delegation_id: UUID) -> Any:
    """The document of the delegation as it is, or the button that issues it."""
    asked = clients().delegation

    def document() -> Attestation | None:
        with unless(404):
            return asked.own_attestation(delegation_id)
        return None

    held, of = together(lambda: asked.mandate(delegation_id), document)
    return render_template(
        "attestation.html",
        papier=paper(of) if of else None,
        fil_d_ariane=[
            ("Mes délégations", url_for("mandats.page")),
            (f"Ma délégation pour {held.raison_sociale}", url_for("mandats.one", delegation_id=delegation_id)),
        ],
        emettre=url_for(".issue", delegation_id=delegation_id),
        pdf=url_for(".pdf", delegation_id=delegation_id),
    )


@blp.post("/attestation")
@signed_in
def issue(delegation_id: UUID) -> Any:
    """Issue it; the journal of the company says so."""
    with pressed(ISSUED, otherwise={409: ""}):
        clients().delegation.issue_own_attestation(delegation_id)
    return redirect(url_for(".page", delegation_id=delegation_id), 303)


@blp.get("/attestation.pdf")
@signed_in
def pdf(delegation_id: UUID) -> Any:
    """The same as a file; 404 while none is issued."""
    return as_file(clients().delegation.own_attestation(delegation_id))

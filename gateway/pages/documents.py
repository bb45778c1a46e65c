"""« Mes documents récents » (G69): what the services have of the person's last messages with their files, of the
attestations of his own delegations, and of the last DSN of the site."""

from typing import Any

from flask import Blueprint, render_template

from contracts.rules.attestation_numbers import in_groups
from gateway.clients import clients
from gateway.clients.attestations import Issued
from gateway.clients.contact import Message
from gateway.clients.dsn import Month
from gateway.clients.problem import unless
from gateway.kit.access import Space, in_space
from gateway.kit.bell import bell
from gateway.kit.together import together

blp = Blueprint("documents", __name__)
MOST = 10


@blp.get("/espace/<uuid:adherent_id>/<uuid:site_id>/documents-recents")
@in_space()
def page(space: Space) -> Any:
    """All at once, and the bell; what a service that is away has is said to be unavailable."""
    _, messages, months, attested = together(
        lambda: bell(space), lambda: _messages(space), lambda: _received(space), lambda: _attested(space)
    )
    return render_template("documents.html", messages=messages, mois=months, attestations=attested, groupe=in_groups)


def _messages(space: Space) -> list[Message] | None:
    """His last messages about this adhérent; None while contact is away, or does not know the access yet."""
    with unless(403, 404, 422, 503):
        return clients().contact.recent(space.tier.adherent_id, MOST).items
    return None


def _attested(space: Space) -> list[Issued] | None:
    """The last attestations of his own delegations for this adhérent; None while delegation cannot say."""
    with unless(403, 404, 503):
        return clients().delegation.own_attestations(space.tier.adherent_id, MOST).items
    return None


def _received(space: Space) -> list[Month] | None:
    """The last DSN that were received, newest first, for who may see them; None while dsn is away."""
    if not space.sees_dsn:
        return []
    with unless(403, 404, 503):
        found = clients().dsn.months(space.tier.site_id, None, "-recue").items
        return [month for month in found if month.received_at][:MOST]
    return None

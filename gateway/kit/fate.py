"""What became of a dead link, for its owner: who is logged in with the account that it is of (docs/decisions/0048)."""

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.clients.watching import LinkFate
from gateway.kit.links import DeadLink, kept
from gateway.kit.session import recognise

# What identity calls the links of the mails; those of contact are of no account.
PURPOSES = {
    "invitation": "invitation",
    "reinitialisation": "reset",
    "identifiant": "identifier",
    "annulation": "undo",
    "certification": "certification",
}


def fate_of(link: DeadLink) -> LinkFate | None:
    """What its owner is told; None for anybody else, for a link that this browser has not, and when nobody can say."""
    purpose = PURPOSES.get(link.purpose)
    if purpose is None or not link.handle:
        return None
    try:
        return clients().identity.link_fate(purpose, kept(link.purpose, link.handle)) if recognise() else None
    except (Problem, DeadLink):
        return None

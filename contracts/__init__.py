"""Every event of the system. `REGISTRY` is what topology, listeners, documents and tests are checked against."""

from backbone.events.cards import Registry
from contracts.events import (
    authority,
    bank_details,
    contact,
    delegation,
    dsn,
    facts,
    identifier,
    identity,
    invitation,
    reminding,
    review,
    stated,
)

REGISTRY = Registry.of(
    (
        *identity.CARDS,
        *identifier.CARDS,
        *invitation.CARDS,
        *delegation.CARDS,
        *reminding.CARDS,
        *review.CARDS,
        *bank_details.CARDS,
        *contact.CARDS,
        *dsn.CARDS,
        *facts.CARDS,
        *authority.CARDS,
        *stated.CARDS,
    )
)

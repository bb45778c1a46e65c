"""Every event of the system. `REGISTRY` is what topology, listeners, documents and tests are checked against.

dsn announces nothing yet: an event nobody listens to is not published.
"""

from backbone.events.cards import Registry
from contracts.events import authority, contact, delegation, identifier, identity, invitation, stated

REGISTRY = Registry.of(
    (
        *identity.CARDS,
        *identifier.CARDS,
        *invitation.CARDS,
        *delegation.CARDS,
        *contact.CARDS,
        *authority.CARDS,
        *stated.CARDS,
    )
)

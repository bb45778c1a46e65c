"""Every projection of the system, by service: a house test asks for it, and restores are tested for each of them."""

from backbone.messaging.projections import Projection
from contracts.events.access import HELD
from services.contact import listeners as contact
from services.delegation.storage import accounts, invitations
from services.dsn.storage import sites
from services.identity.storage import delegations as awaited
from services.notification import listeners as notification

PROJECTIONS: dict[str, tuple[Projection, ...]] = {
    "identity": (awaited.AWAITED,),
    "delegation": (accounts.ACCOUNTS, invitations.STANDINGS, invitations.MAILS),
    "notification": (HELD, notification.ACCOUNTS, notification.ALERTS, notification.NEWS),
    "dsn": (HELD, sites.ADHERENTS, sites.SITES),
    "contact": (HELD, contact.ADHERENTS, contact.ACCOUNTS),
}

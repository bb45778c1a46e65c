"""The HTTP way in, one file a family. Each request says from where it comes before anything is done."""

from services.identity.api import (
    account,
    activity,
    bank_details,
    certifications,
    identifiers,
    invitations,
    links,
    machines,
    mobile_by_link,
    passwords,
    sessions,
)
from services.identity.api.arriving import come, gone

BLUEPRINTS = (
    sessions.blp,
    account.blp,
    activity.blp,
    bank_details.blp,
    certifications.blp,
    identifiers.blp,
    invitations.blp,
    links.blp,
    mobile_by_link.blp,
    passwords.blp,
    machines.blp,
)

for _one in BLUEPRINTS:
    _one.before_request(come)
    _one.teardown_request(gone)

"""The HTTP way in, one file a family."""

from services.identity.api import account, certifications, identifiers, invitations, machines, passwords, sessions

BLUEPRINTS = (
    sessions.blp,
    account.blp,
    certifications.blp,
    identifiers.blp,
    invitations.blp,
    passwords.blp,
    machines.blp,
)

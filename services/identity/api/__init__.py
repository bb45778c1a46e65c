"""The HTTP way in, one file a family."""

from services.identity.api import account, identifiers, invitations, machines, passwords, sessions

BLUEPRINTS = (sessions.blp, account.blp, identifiers.blp, invitations.blp, passwords.blp, machines.blp)

"""The HTTP way in, one file a family."""

from services.identity.api import account, invitations, machines, passwords, sessions

BLUEPRINTS = (sessions.blp, account.blp, invitations.blp, passwords.blp, machines.blp)

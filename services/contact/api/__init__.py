"""The HTTP way in: the form and my messages, and the caisse's link to the files."""

from services.contact.api import dossiers, messages

BLUEPRINTS = (messages.blp, dossiers.blp)

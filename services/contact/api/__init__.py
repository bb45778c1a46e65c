"""The HTTP way in: the form, my draft and my messages, and the caisse's link to the files."""

from services.contact.api import dossiers, drafts, messages

BLUEPRINTS = (messages.blp, drafts.blp, dossiers.blp)

"""The HTTP way in: what people see of their sites, and the files of the caisse's systems."""

from services.dsn.api import alerts, board, calendar, facts, imports, quarantine, sites
from services.dsn.api.routes import blp

FAMILIES = (sites, board, alerts, imports, facts, calendar, quarantine)  # they fill the one group
BLUEPRINTS = (blp,)

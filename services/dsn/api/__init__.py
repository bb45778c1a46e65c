"""The HTTP way in: what people see of their sites, and the files of the caisse's systems."""

from services.dsn.api import calendar, imports, quarantine, sites
from services.dsn.api.routes import blp

FAMILIES = (sites, imports, calendar, quarantine)  # they fill the one group
BLUEPRINTS = (blp,)

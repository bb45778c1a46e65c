"""The HTTP way in, one file per family of routes."""

from services.delegation.api.access import blp as access
from services.delegation.api.adherents import blp as adherents
from services.delegation.api.attestations import blp as attestations
from services.delegation.api.delegations import blp as delegations
from services.delegation.api.founders import blp as founders
from services.delegation.api.homes import blp as homes
from services.delegation.api.imports import blp as imports
from services.delegation.api.journal import blp as journal
from services.delegation.api.mandates import blp as mandates
from services.delegation.api.past import blp as past
from services.delegation.api.prolongations import blp as prolongations
from services.delegation.api.reviews import blp as reviews
from services.delegation.api.sites import blp as sites

BLUEPRINTS = (
    *(sites, homes, adherents, delegations, mandates, prolongations, journal, past, reviews, attestations),
    *(imports, founders, access),
)

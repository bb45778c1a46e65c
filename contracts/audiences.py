"""Which services a token is for (ASVS 9.2.3): a person's for those that serve persons, a machine's for its scopes'."""

from collections.abc import Iterable, Mapping

PEOPLE = ("contact", "delegation", "dsn", "identity")
SCOPES: Mapping[str, str] = {
    "referential:write": "delegation",
    "founders:write": "delegation",
    "dsn:write": "dsn",
    "notification:read": "notification",
}


def of_scopes(scopes: Iterable[str]) -> list[str]:
    """The services whose routes ask for one of `scopes`. KeyError for a scope that no service knows."""
    return sorted({SCOPES[scope] for scope in scopes})

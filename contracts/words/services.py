"""The five services, in the order in which people say them, and whose tokens open each (ASVS 9.2.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """One of them: a person's token opens it. `scopes`: what a machine's token opens of it."""

    name: str
    scopes: tuple[str, ...] = ()


REFERENTIAL_WRITE, FOUNDERS_WRITE = "referential:write", "founders:write"
DSN_WRITE, NOTIFICATION_READ = "dsn:write", "notification:read"

# What the caisse's own machine may do: all that machines do.
OF_THE_CAISSE = (REFERENTIAL_WRITE, FOUNDERS_WRITE, DSN_WRITE, NOTIFICATION_READ)

ALL = (
    Service("identity"),
    Service("delegation", scopes=(REFERENTIAL_WRITE, FOUNDERS_WRITE)),
    Service("notification", scopes=(NOTIFICATION_READ,)),
    Service("dsn", scopes=(DSN_WRITE,)),
    Service("contact"),
)
SERVICES = tuple(one.name for one in ALL)
PEOPLE = tuple(sorted(SERVICES))
SCOPES: Mapping[str, str] = {scope: one.name for one in ALL for scope in one.scopes}


def of_scopes(scopes: Iterable[str]) -> list[str]:
    """The services whose routes ask for one of `scopes`. KeyError for a scope that no service knows."""
    return sorted({SCOPES[scope] for scope in scopes})

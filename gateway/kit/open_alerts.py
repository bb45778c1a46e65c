"""The alerts of a site that wait, each with what is written of it and who takes care of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.clients import clients
from gateway.clients.dsn import OpenAlert
from gateway.clients.problem import Problem
from gateway.kit.access import Space
from gateway.kit.bell import alerts


@dataclass(frozen=True)
class Line:
    """One alert; `who`: what the person is called who takes care of it, empty when nobody does or nobody knows."""

    alert: OpenAlert
    message: str
    who: str = ""


@dataclass(frozen=True)
class OpenAlerts:
    """Those of a site, and whether the person may take care of one."""

    lines: list[Line]
    may_take: bool


def open_alerts(space: Space) -> OpenAlerts:
    """The open alerts of the site, oldest first. Raises Problem."""
    bell = alerts(space)
    held = {one.correction.by for one in bell.items if one.correction and not one.correction.mine}
    names = {account_id: _name(space.tier.adherent_id, account_id) for account_id in sorted(held)}
    lines = [
        Line(one, message, names.get(one.correction.by, "") if one.correction else "")
        for one, message in zip(bell.items, bell.messages, strict=False)
    ]
    return OpenAlerts(lines, bell.may_take)


def _name(adherent_id: UUID, account_id: UUID) -> str:
    """Prénom and nom; empty when delegation is away or knows nobody: who it is matters less than that he does."""
    try:
        one = clients().delegation.person(adherent_id, account_id)
    except Problem as problem:
        if problem.status in (404, 503):
            return ""
        raise
    return f"{one.prenom or ''} {one.nom or ''}".strip()

"""The alerts of a site that wait, each with what is written of it and who takes care of it."""

from dataclasses import dataclass

from gateway.clients.dsn import Bell, OpenAlert
from gateway.kit.access import Space
from gateway.kit.colleagues import names_of


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


def open_alerts(space: Space, bell: Bell) -> OpenAlerts:
    """The open alerts of the site, oldest first. Raises Problem."""
    held = {one.correction.by for one in bell.items if one.correction and not one.correction.mine}
    names = names_of(space.tier.adherent_id, held)
    lines = [
        Line(one, message, names.get(one.correction.by, "") if one.correction else "")
        for one, message in zip(bell.items, bell.messages, strict=False)
    ]
    return OpenAlerts(lines, bell.may_take)

"""The bell of the top bar: the open alerts of the site of the page, on every page of its space (G64, G66)."""

from collections.abc import Callable
from typing import cast

from flask import g

from gateway.clients import clients
from gateway.clients.dsn import Bell, Months
from gateway.clients.problem import unless
from gateway.kit.access import Space
from gateway.kit.together import together

PATIENCE = 2.0  # seconds: no page waits longer for what it only shows on top


def bell(space: Space | None, *, ahead: bool = False) -> Bell | None:
    """How many alerts the site has, asked of dsn once a page, with `ahead` also what they say and what is due next;
    None without a space, without the right to see them, and while dsn is away or has not heard of the access yet."""
    if space is None or not space.sees_dsn:
        return None
    if "bell" not in g:
        g.bell = None
        with unless(403, 404, 422, 503):  # 422: a service of the version before, which cannot say what is due next
            site, dsn = space.tier.site_id, clients().dsn
            g.bell = dsn.bell(site, seconds=PATIENCE, ahead=True) if ahead else dsn.waiting(site, seconds=PATIENCE)
    return cast(Bell | None, g.bell)


def alerts(space: Space) -> Bell:
    """The alerts with what they say, for what is about them and shows why there are none to be shown. Raises
    Problem."""
    g.bell = None
    g.bell = found = clients().dsn.bell(space.tier.site_id)
    return found


def alerts_and_months(space: Space, ask: Callable[[bool], Months]) -> tuple[Bell, Months]:
    """The alerts, as above, and the months that `ask` asks for: in one question, where it is given True, and in two at
    once of a service of the version before, which refuses that one. Raises Problem."""
    g.bell = None
    with unless(422):
        found = ask(True)
        if found.alerts:
            g.bell = found.alerts
            return found.alerts, found
    return together(lambda: alerts(space), lambda: ask(False))

"""From where a request comes: what the browser says of itself and its address, made words before anything is done."""

from flask import g, request

from services.identity.domain.whereabouts import Where, browser_in_words, part_of
from services.identity.steps.whereabouts import arrive, leave


def come() -> None:
    """Before each request: from where it comes, as the gateway passes it on."""
    g.arrived = arrive(Where(browser_in_words(request.user_agent.string), part_of(request.remote_addr or "")))


def gone(_error: BaseException | None) -> None:
    """After it: what this thread does next comes from elsewhere."""
    arrived = g.pop("arrived", None)
    if arrived is not None:
        leave(arrived)

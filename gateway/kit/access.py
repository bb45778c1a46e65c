"""What the current tiers allows: adhérent and site of the address, checked at every request (C9, AA23, AA25)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, g, url_for
from werkzeug.exceptions import HTTPException

from backbone.rights.grants import gives
from contracts.words import functions
from contracts.words.kinds import Kind
from contracts.words.levels import Level
from contracts.words.uses import ADMINISTRATION
from gateway.clients import clients
from gateway.clients.delegation import Home, Tier
from gateway.clients.once import carried
from gateway.clients.problem import Problem, unless
from gateway.kit.labels import is_uuid
from gateway.kit.session import login_first, recognise
from gateway.kit.uses import note_uses


@dataclass(frozen=True)
class Space:
    """One adhérent, one site, and what the person may do there today."""

    tier: Tier

    @property
    def home(self) -> Home:
        """What its home page shows; nothing on other pages."""
        return self.tier if isinstance(self.tier, Home) else Home(**vars(self.tier))

    @property
    def administrator(self) -> bool:
        """May the person delegate here?"""
        return self.tier.access.administrator

    @property
    def of_the_company(self) -> bool:
        """Does the person administer it as one of the company's own, not of its accounting firm?"""
        return self.administrator and self.tier.access.kind != Kind.CABINET

    @property
    def caisse(self) -> str:
        """The code of the caisse that the adhérent belongs to; empty while delegation does not say it."""
        return self.tier.adherent.caisse

    def allows(self, function: str, level: str = Level.CONSULTATION) -> bool:
        """Does the delegation give `function` at `level` or more? An administrator has them all (G29)."""
        return gives(self.administrator, self.tier.access.rights, function, level)

    @property
    def sees_dsn(self) -> bool:
        """May the person see the DSN of the site?"""
        return any(map(self.allows, functions.DSN))

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of a page of this very space."""
        return url_for(endpoint, adherent_id=self.tier.adherent_id, site_id=self.tier.site_id, **values)


def in_space(
    *,
    administrator: bool = False,
    functions: tuple[str, ...] = (),
    again: Callable[..., Any] | None = None,
    home: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Who may enter: a signed-in person with access to the site of the address, an administrator or one of
    `functions` if asked.

    No access is a 404, a missing right a 403.

    The page receives `space` instead of the two ids, so it cannot use an id that was not checked.

    What it asked for is counted as used once the page is there (`uses.py`). `home`: the space comes with what the home
    page shows, asked with the rights in one question: `space.home`.

    `again`: for a form that may end the access of who sends it; it is asked, with the adhérent, what became of a form
    that was sent before (C3), and answers None when nothing did.
    """

    def decorate(page: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(page)
        def entered(adherent_id: UUID, site_id: UUID, **kwargs: Any) -> Any:
            if not recognise():
                return login_first()
            try:
                g.space = space = _space(adherent_id, site_id, home)
                if administrator and not space.administrator or functions and not any(map(space.allows, functions)):
                    abort(403)
            except (Problem, HTTPException) as refusal:
                told = again(adherent_id, **kwargs) if again and carried() and _is_no_access(refusal) else None
                if told is None:
                    raise
                return told
            shown = page(space=space, **kwargs)
            note_uses(space, [*filter(space.allows, functions), *([ADMINISTRATION] if administrator else [])])
            return shown

        entered.who = "in_space"  # type: ignore[attr-defined]
        return entered

    return decorate


def space_of(path: str) -> Space | None:
    """The space that an address is in which no page has; None without one, or when it is not the person's. Raises
    Problem when delegation does not answer."""
    parts = path.strip("/").split("/")
    if len(parts) < 3 or parts[0] != "espace" or not (is_uuid(parts[1]) and is_uuid(parts[2])):
        return None
    with unless(404, 403):
        tier = clients().delegation.site(UUID(parts[2]))
        return Space(tier) if str(tier.adherent_id) == parts[1] else None
    return None


def _is_no_access(refusal: Problem | HTTPException) -> bool:
    return (refusal.status if isinstance(refusal, Problem) else refusal.code) in (403, 404)


def _space(adherent_id: UUID, site_id: UUID, home: bool) -> Space:
    tier = clients().delegation.home(site_id) if home else clients().delegation.site(site_id)
    if tier.adherent_id != adherent_id:
        abort(404)
    return Space(tier)

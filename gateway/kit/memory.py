"""What a browser remembers of a person: the news that was read, and the sites that were entered last (decision 52).

It marks and it orders. Nothing it says opens a door, and a page without it is the same page: so it is a cookie, of one
person, signed so that nobody writes into it, and no service keeps it.
"""

from dataclasses import dataclass, replace
from hmac import new as hmac
from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer

MOST_SITES = 5
MOST_PEOPLE = 4  # whom one browser remembers
SECONDS = 365 * 24 * 3600
OWNER = "pour"  # the field of each form that says for whom it was made
_COOKIE = "__Host-memoire-"


@dataclass(frozen=True)
class Memory:
    """`news`: the day of the newest that was read; `sites`: those entered last, newest first."""

    news: str = ""
    sites: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Owner:
    """The person that a form was made for: by what the browser knows him, and what he is called."""

    handle: str
    name: str


def keep_memory(app: Flask) -> None:
    """Remember the site of each page of a space that was shown, and what pages ask to remember."""
    app.after_request(_kept)


def remembered() -> Memory:
    """What this browser remembers of the person of this page; nothing of nobody."""
    if "memory" not in g:
        g.memory = _read(request.cookies.get(_COOKIE + handle(), "")) if handle() else Memory()
        g.memory_found = g.memory
    found: Memory = g.memory
    return found


def news_read(day: str) -> None:
    """The person of this page has read the news up to that day."""
    g.memory = replace(remembered(), news=max(day, remembered().news))


def handle() -> str:
    """By what the browser knows the person of this page, and nobody else does; empty for nobody."""
    person = g.get("person")
    if person is None:
        return ""
    key = str(current_app.secret_key).encode()
    return hmac(key, f"memoire {person.account_id}".encode(), "sha256").hexdigest()[:16]


def owner() -> str:
    """The person of this page, signed once for all the forms that carry it; empty for nobody."""
    person = g.get("person")
    if person and g.get("owner_of") is not person:
        g.owner_of, g.owner = person, str(_owners().dumps([handle(), f"{person.prenom} {person.nom}"]))
    return str(g.owner) if person else ""


def owner_of(carried: str) -> Owner | None:
    """Whom a form was made for, as it carries it; None for nobody, and for what we did not sign."""
    try:
        whose, name = _owners().loads(carried)
        return Owner(str(whose), str(name))
    except (BadSignature, ValueError, TypeError):
        return None


def _kept(response: Response) -> Response:
    if not handle():
        return response
    space, memory = g.get("space"), remembered()
    if space and response.status_code < 400:
        others = [site for site in memory.sites if site != space.tier.site_id]
        memory = replace(memory, sites=(space.tier.site_id, *others)[:MOST_SITES])
    if memory != g.memory_found:
        _write(response, memory)
    return response


def _write(response: Response, memory: Memory) -> None:
    own = _COOKIE + handle()
    others = [name for name in request.cookies if name.startswith(_COOKIE) and name != own]
    for name in others[MOST_PEOPLE - 1 :]:
        response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="Lax")
    kept = _serializer().dumps([memory.news, *map(str, memory.sites)])
    response.set_cookie(own, str(kept), max_age=SECONDS, path="/", secure=True, httponly=True, samesite="Lax")


def _read(cookie: str) -> Memory:
    try:
        news, *sites = _serializer().loads(cookie)
        return Memory(str(news), tuple(map(_site, sites))[:MOST_SITES])
    except (BadSignature, ValueError, TypeError):
        return Memory()


def _site(written: Any) -> UUID:
    return UUID(str(written))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="memoire")


def _owners() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="pour")

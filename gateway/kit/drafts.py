"""What was typed and not done yet, kept sealed in the browser for who typed it (decision 59).

A form whose session was over, or whose token was of another time, does nothing; what it said fills the page again once
its person is there. The first step of a delegation is kept so between its two steps, which are addresses.
It refills fields and decides nothing. A cookie for each page, sent to that page alone; no password is in it.
"""

import json
from hmac import digest

from flask import Response, after_this_request, current_app, g, request
from joserfc import jwe
from joserfc.jwk import OctKey
from werkzeug.datastructures import MultiDict

from backbone.strict_json import loads
from gateway.clients.once import FIELD
from gateway.kit.fields import NEVER_KEPT
from gateway.kit.memory import OWNER, handle, owner_of

SECONDS = 3600
MOST = 3800  # of a cookie: browsers keep no more than 4096 bytes
_COOKIE = "__Secure-brouillon-"
_ALGORITHMS = ["dir", "A256GCM", "DEF"]
_HEADER = {"alg": "dir", "enc": "A256GCM", "zip": "DEF"}
Typed = MultiDict[str, str]


def keep(path: str, typed: Typed, owner: str = "") -> None:
    """Keep what this form sent for the page at `path`, for the person of this page, or for `owner`, by his handle; what
    is too long for a cookie is not kept."""
    whose = owner or handle()
    said = [(name, value) for name, value in typed.items(multi=True) if _may_be_kept(name)]
    if not whose or not said:
        return
    sealed = jwe.encrypt_compact({**_HEADER}, json.dumps(said).encode(), _key(whose, path), algorithms=_ALGORITHMS)
    if len(sealed) <= MOST:
        _answer_with(path, whose, sealed, SECONDS)


def keep_refused(path: str) -> None:
    """Keep what a form sent that nobody may act on, for the page at `path`, for the person it was made for."""
    if owner := owner_of(request.form.get(OWNER, "")):
        keep(path, request.form, owner.handle)


def kept(path: str) -> Typed:
    """What the person of this page typed into the page at `path`; nothing when nothing is kept."""
    sealed = request.cookies.get(_name(handle(), path), "") if handle() else ""
    try:
        plain = jwe.decrypt_compact(sealed, _key(handle(), path), algorithms=_ALGORITHMS).plaintext if sealed else b""
        return MultiDict([(str(name), str(value)) for name, value in loads(plain)] if plain else [])
    except Exception:  # the library raises many kinds; all mean that it is no draft of this person and page
        return MultiDict()


def forget(path: str) -> None:
    """Nothing is kept for the page at `path` any more."""
    if handle():
        _answer_with(path, handle(), "", 0)


def typed_before() -> Typed:
    """What this page is filled with again, once: who leaves it by « Annuler » does not find it there later. Nothing
    when its form was not refused before."""
    if "typed_before" not in g:
        g.typed_before = kept(request.path) if request.method == "GET" else MultiDict()
        if g.typed_before:
            forget(request.path)
    found: Typed = g.typed_before
    return found


def resumed() -> bool:
    """Is this page filled with what was typed before?"""
    return bool(g.get("typed_before"))


def _may_be_kept(name: str) -> bool:
    return name not in NEVER_KEPT and name not in ("csrf_token", FIELD, OWNER)


def _answer_with(path: str, whose: str, value: str, seconds: int) -> None:
    @after_this_request
    def answered(response: Response) -> Response:
        name = _name(whose, path)
        response.set_cookie(name, value, max_age=seconds, path=path, secure=True, httponly=True, samesite="Lax")
        return response


def _name(whose: str, path: str) -> str:
    return _COOKIE + _derived(f"nom {whose} {path}").hex()[:16]


def _key(whose: str, path: str) -> OctKey:
    return OctKey.import_key(_derived(f"{whose} {path}"))


def _derived(purpose: str) -> bytes:
    return digest(str(current_app.secret_key).encode(), f"brouillon {purpose}".encode(), "sha256")

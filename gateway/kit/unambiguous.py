"""What could be read in two ways is refused before anything reads it: a parameter, a field or a cookie given twice."""

from collections.abc import Iterable

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict

from gateway.kit.rights import Matrix

SEVERAL = (Matrix.colleges.name,)  # fields of our forms that are lists
OURS = "__Host-"  # the cookies that we set: another's, of a parent domain, are not ours to judge


def refuse_ambiguous(app: Flask) -> None:
    """400 for each of them (ASVS 15.3.7)."""
    app.before_request(_check)


def _check() -> None:
    cookies: MultiDict[str, str] = MultiDict(
        (name, value) for name, value in request.cookies.items(multi=True) if name.startswith(OURS)
    )
    if _twice(cookies) or _twice(request.args) or _twice(request.form, SEVERAL):
        abort(400)


def _twice(given: MultiDict[str, str], allowed: Iterable[str] = ()) -> bool:
    return any(len(values) > 1 and name not in allowed for name, values in given.lists())

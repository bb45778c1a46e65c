"""The broker's accounts while two versions run: each may do what it may in either, until that is closed.

So are its lanes: an exchange that the version before did not know is bound to no queue until then, for that version
reads none of them; what is published there goes on to its alternate exchange, which both know (docs/decisions/0031).
They are bound while no relay runs: what one publishes meanwhile reaches the queues alone that are bound already.

An account that loses a right while the version before still uses it stops that version's workers at their next
connection; one that lacks a right that this version needs stops this one's (docs/decisions/0032).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

RIGHTS = ("configure", "write", "read")
PLACES = {"permissions": ("user", "vhost"), "topic_permissions": ("user", "vhost", "exchange")}
EVERYTHING, NOTHING = ".*", "^$"
ALTERNATIVES = re.compile(r"\^\((.*)\)\$")


def for_both(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions of this version, with what `before` let its accounts do as well; nothing of who is gone."""
    users = {one["name"] for one in now["users"]}
    opened = {
        kind: [one for one in _together(before.get(kind, ()), now[kind], where) if one["user"] in users]
        for kind, where in PLACES.items()
    }
    known = {one["name"] for one in before.get("exchanges", ())} & {one["source"] for one in before.get("bindings", ())}
    passing = {one["name"] for one in now["exchanges"] if one["arguments"].get("alternate-exchange")} - known
    return {**now, **opened, "bindings": [one for one in now["bindings"] if one["source"] not in passing]}


def _together(before: Iterable[Any], now: Iterable[Any], where: tuple[str, ...]) -> list[dict[str, Any]]:
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in (*now, *before):
        known = found.setdefault(tuple(one[name] for name in where), dict(one))
        known.update({right: either(known[right], one[right]) for right in RIGHTS if right in one})
    return list(found.values())


def either(one: str, other: str) -> str:
    """The expression that matches what `one` or `other` matches; `one` itself when that is all."""
    if EVERYTHING in (one, other):
        return EVERYTHING
    mine, theirs = set(_names(one)), set(_names(other))
    return one if theirs <= mine else f"^({'|'.join(sorted(mine | theirs))})$"


def _names(expression: str) -> list[str]:
    """What an expression of ours (broker_accounts.exactly) matches, name by name. ValueError when it is another."""
    if expression == NOTHING:
        return []
    alternatives = ALTERNATIVES.fullmatch(expression)
    if alternatives is None:
        raise ValueError(f"rabbitmq_definitions.json was changed by hand: {expression}")
    return alternatives[1].split("|")

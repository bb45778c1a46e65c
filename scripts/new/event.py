"""An event: its card with schema and example, its frozen copy, its page, its test."""

import ast
import re
from pathlib import Path

from backbone.clock import SystemClock
from contracts import REGISTRY
from scripts.new import edits, names
from scripts.new.draft import Draft, Refused, Wish, filled


def draft(root: Path, wish: Wish) -> Draft:
    """The files of the event `wish.name` of `wish.service`, heard by `wish.to`."""
    type = names.event_type(wish.name)
    if type in REGISTRY.cards:
        raise Refused(f"{type} is there already: its card is in contracts/.")
    producer = names.service(wish.service, "SERVICE= says who announces it")
    if not wish.to:
        raise Refused("TO= says who hears it (TO=dsn,contact): an event that nobody listens to is not published.")
    for one in wish.to:
        names.service(one, "TO= names the services that hear it")
    if producer in wish.to or len(set(wish.to)) != len(wish.to):
        raise Refused("TO= names other services than SERVICE=, each once: a service knows what it did itself.")
    words = _words(type, producer, wish.to)
    made = Draft(root)
    made.make(f"contracts/events/{words['name']}.py", "event.txt", **words)
    made.make(f"tests/unit/contracts/test_{words['name']}.py", "event_test.txt", **words)
    made.change("contracts/__init__.py", lambda text: _registered(text, words["name"]))
    made.then = [["-m", "tests.contract.freezing"], ["-m", "contracts.documents"]]
    made.left = filled("event_left.txt", **words).split("\n\n")
    return made


def _words(type: str, producer: str, consumers: tuple[str, ...]) -> dict[str, str]:
    about, happened, _version = type.split(".")
    name = f"{about}_{happened}"
    return {
        "type": type,
        "name": name,
        "module": f"contracts.events.{name}",
        "const": name.upper(),
        "data": f"{names.camel(name)}Data",
        "key": f"{about}_id",
        "said": f"{about} {happened}".replace("_", " "),
        "producer": producer,
        "consumers": ", ".join(f'"{one}"' for one in consumers) + ",",
        "listeners": " and ".join(f"services/{one}/listeners.py" for one in consumers),
        "heard": " and ".join(consumers),
        "since": f"{SystemClock().now():%Y-%m}",
    }


def _registered(text: str, name: str) -> str:
    """contracts/__init__.py with the cards of one more module."""
    stars = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Starred)]
    modules = re.search(r"^from (contracts[\w.]*) import [\w(]", text, re.MULTILINE)
    if not stars or not modules:
        raise LookupError("no list of CARDS")
    lines = text.splitlines(keepends=True)
    last = max(one.end_lineno or 0 for one in stars)
    lines.insert(last, f"        *{name}.CARDS,\n")
    return edits.import_line("".join(lines), f"from {modules[1]} import {name}")

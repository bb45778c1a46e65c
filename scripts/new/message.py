"""An e-mail: its kind, its folder, what is read from the event, its test, its line in the guide's table."""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts import REGISTRY
from scripts.new import edits, names
from scripts.new.draft import Draft, Refused, Wish, filled

HOME = "services/notification"
CATALOGUE, LISTENERS = f"{HOME}/domain/catalogue.py", f"{HOME}/listeners.py"
PARTS = ("subject.txt", "body.txt", "body.html", "example.json")


def draft(root: Path, wish: Wish) -> Draft:
    """The files of the message `wish.name`, written when `wish.event` comes."""
    name = names.plain(wish.name, "mot_de_passe_modifie")
    title = names.title(wish.title, name)
    type = names.event_type(wish.event or "?")
    card = REGISTRY.cards.get(type)
    if card is None or "notification" not in card.consumers:
        heard = ", ".join(sorted(one.type for one in REGISTRY.consumed_by("notification")))
        raise Refused(f"EVENT= says which event it is written at, one that notification hears: {heard}.")
    words = {"name": name, "const": name.upper(), "title": title, "type": type, **_reader(card.example, type)}
    made = Draft(root)
    for part in PARTS:
        made.make(f"{HOME}/messages/{name}/{part}", f"message_{part.replace('.', '_')}.txt", **words)
    made.make(f"tests/service/notification/test_{name}.py", "message_test.txt", **words)
    made.change(CATALOGUE, lambda text: _listed(text, filled("message_kind.txt", **words), words["const"]))
    made.change(LISTENERS, lambda text: _heard(text, filled("message_order.txt", **words), type, name))
    row = f"| « {title} », a mail | notification `messages/{name}` | – | service `test_{name}` |"
    made.change("docs/guide.md", lambda text: edits.last_row(text, row))
    made.left = filled("message_left.txt", **words).split("\n\n")
    return made


def _reader(example: Mapping[str, Any], type: str) -> dict[str, str]:
    """Who the event says to write to, and what its mail may say: expressions of the mapper. Refused when nobody is."""
    if "email" in example:
        person, name = "data", 'data["prenom"] or ""' if "prenom" in example else '""'
    else:
        people = [key for key, value in example.items() if isinstance(value, dict) and "email" in value]
        if not people:
            raise Refused(f"{type} names nobody to write to: its data has no email (contracts/).")
        person = f'data["{people[0]}"]'
        name = f"_name({person})"
    company = isinstance(example.get("adherent"), dict)
    return {
        "email": f'{person}["email"]',
        "reader": name,
        "company": ', "raison_sociale": data["adherent"]["raison_sociale"]' if company else "",
        "of_company": " pour {{ raison_sociale }}" if company else "",
        "example": ', "raison_sociale": "ENTREPRISE DURAND"' if company else "",
        "sentence": " pour l'entreprise {{ raison_sociale }}" if company else "",
        "sentence_html": " pour l'entreprise <bdi>{{ raison_sociale }}</bdi>" if company else "",
    }


def _listed(text: str, kind: str, const: str) -> str:
    """The catalogue with one kind more, after the last one."""
    made = [
        one.end_lineno or 0
        for one in ast.parse(text).body
        if isinstance(one, ast.Assign)
        and isinstance(one.value, ast.Call)
        and getattr(one.value.func, "id", "") in ("_email", "MessageKind")
    ]
    if not made:
        raise LookupError("no kind of message")
    lines = text.splitlines(keepends=True)
    lines.insert(made[-1], kind)
    return edits.item("".join(lines), "KINDS", const)


def _heard(text: str, mapper: str, type: str, name: str) -> str:
    """listeners.py with one mapper more, asked when the event comes."""
    text = edits.before(text, "LISTENS", mapper)
    lines = text.splitlines(keepends=True)
    for at, line in enumerate(lines):
        if line.strip().startswith(f'"{type}": _listener('):
            lines[at] = line.replace("),", f", {name}),")
            return "".join(lines)
    return edits.item(text, "LISTENS", f'"{type}": _listener({name})')

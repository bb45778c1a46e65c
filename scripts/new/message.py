"""An e-mail: its folder (kind, what it reads in the event, words, example), its test, its line in the guide."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts import REGISTRY
from scripts.new import edits, names
from scripts.new.draft import Draft, Refused, Wish, filled

HOME = "services/notification"
TABLE = "services.notification.messages"
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
    words = {"name": name, "title": title, "type": type, **_reader(card.example, type)}
    made = Draft(root)
    made.make(f"{HOME}/messages/{name}/__init__.py", "message_init.txt", **words)
    for part in PARTS:
        made.make(f"{HOME}/messages/{name}/{part}", f"message_{part.replace('.', '_')}.txt", **words)
    made.make(f"tests/service/notification/test_{name}.py", "message_test.txt", **words)
    made.change(f"{HOME}/messages/__init__.py", lambda text: _listed(text, name))
    row = f"| « {title} », a mail | notification `messages/{name}` | – | service `test_{name}` |"
    made.change("docs/guide.md", lambda text: edits.last_row(text, row))
    made.left = filled("message_left.txt", **words).split("\n\n")
    return made


def _listed(text: str, name: str) -> str:
    """The table of messages with one more, after the others."""
    return edits.import_line(edits.item(text, "MESSAGES", name), f"from {TABLE} import {name}")


def _reader(example: Mapping[str, Any], type: str) -> dict[str, str]:
    """Who the event says to write to, and what its mail may say: expressions of the mapper. Refused when nobody is."""
    if "email" in example:
        person, name = "data", 'data["prenom"] or ""' if "prenom" in example else '""'
    else:
        people = [key for key, value in example.items() if isinstance(value, dict) and "email" in value]
        if not people:
            raise Refused(f"{type} names nobody to write to: its data has no email (contracts/).")
        person = f'data["{people[0]}"]'
        name = f"full_name({person})"
    company = isinstance(example.get("adherent"), dict)
    return {
        "email": f'{person}["email"]',
        "reader": name,
        "parts": "from services.notification.messages.parts import full_name\n" if "full_name" in name else "",
        "company": ', "raison_sociale": data["adherent"]["raison_sociale"]' if company else "",
        "of_company": " pour {{ raison_sociale }}" if company else "",
        "example": ', "raison_sociale": "ENTREPRISE DURAND"' if company else "",
        "sentence": " pour l'entreprise {{ raison_sociale }}" if company else "",
        "sentence_html": " pour l'entreprise <bdi>{{ raison_sociale }}</bdi>" if company else "",
    }

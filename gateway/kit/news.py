"""« Nouveautés de l'Espace sécurisé » (G71): the CHANGELOG of the product, which is written in French for its users.

It is read when the gateway starts: « ## 2026-11-26 — Title » is an edition (« ## 2026-11 — Title »: of the first of the
month), « ### Theme » a part of it, « - » one piece of news, that goes on in the lines below. What is for those who run
the product is not shown: `FOR_OPERATORS`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from contracts.words import months
from gateway.kit.typography import french

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
FOR_OPERATORS = ("Exploitation", "Fichiers de la caisse")
_EDITION = re.compile(r"## (\d{4}-\d{2})(-\d{2})? — (.+)")
_EMPHASIS = re.compile(r"[*`]")


@dataclass(frozen=True)
class Theme:
    """What is new about one thing."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """What came on one day. `when`: that day, or its month, in words."""

    day: date
    when: str
    title: str
    themes: tuple[Theme, ...]


@cache
def news() -> tuple[Edition, ...]:
    """Every edition, newest first. Raises OSError without the file, ValueError for an edition of no day: the gateway
    asks for them when it starts."""
    return editions(CHANGELOG.read_text(encoding="utf-8"))


def newest() -> str:
    """The day of the newest edition, as a text that sorts by time: what is remembered of who read it."""
    return max((one.day.isoformat() for one in news()), default="")


def editions(text: str) -> tuple[Edition, ...]:
    """The editions that a CHANGELOG holds, newest first; those without anything for users are left out."""
    found = [_edition(part) for part in re.split(r"^(?=## )", text, flags=re.MULTILINE) if part.startswith("## ")]
    return tuple(sorted((one for one in found if one.themes), key=lambda one: one.day, reverse=True))


def _edition(part: str) -> Edition:
    heading, _, body = part.partition("\n")
    said = _EDITION.fullmatch(heading.strip())
    if said is None:
        raise ValueError(f"CHANGELOG: « {heading} » says no day: « ## 2026-11-26 — Title ».")
    month, of_month, title = said.groups()
    day = date.fromisoformat(f"{month}{of_month or '-01'}")
    year, number = months.parsed(month)
    named = f"{months.MONTHS[number - 1].lower()} {year}"
    when = f"{'1er' if day.day == 1 else day.day} {named}" if of_month else named
    return Edition(day, when, french(title), tuple(_themes(body)))


def _themes(body: str) -> Iterable[Theme]:
    for part in re.split(r"^### ", body, flags=re.MULTILINE):
        title, _, rest = part.partition("\n")
        items = re.split(r"^- ", rest, flags=re.MULTILINE)[1:]
        if items and title.strip() not in FOR_OPERATORS:
            yield Theme(french(title.strip()), tuple(french(_EMPHASIS.sub("", " ".join(one.split()))) for one in items))

"""The help and the tutorial of each page (G71): one small French file a page, `gateway/content/aide/<page>.toml`.

A page is known by the template that shows it: whatever route or refusal leads there, its help is the same. A page
without a file is a red test (`tests/house/test_help.py`), and leads to the general help meanwhile.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gateway.kit.typography import french

FOLDER = Path(__file__).parents[1] / "content" / "aide"


@dataclass(frozen=True)
class Step:
    """One step of a tutorial. `shows`: the part of the page that it speaks of, as a style sheet would name it."""

    shows: str
    title: str
    text: str


@dataclass(frozen=True)
class Help:
    """What a page is for, its tutorial, and the theme of the questions to read on."""

    page: str
    title: str
    text: tuple[str, ...]
    theme: str
    steps: tuple[Step, ...]


def page_of(template: str) -> str:
    """How the help names the page that `template` shows: « informations/mentions_legales.html » is
    « informations-mentions-legales »."""
    return re.sub("[/_]", "-", template.removesuffix(".html"))


@cache
def help_texts() -> Mapping[str, Help]:
    """Every help by its page, in the order of the titles. Raises KeyError or TOMLDecodeError for a file that is not
    one: the gateway asks for them when it starts."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {one.page: one for one in sorted(found, key=lambda one: one.title)}


def help_of(template: str | None) -> Help | None:
    """The help of the page that `template` shows; None when there is none."""
    return help_texts().get(page_of(template or ""))


def _read(path: Path) -> Help:
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    steps = [Step(one["montre"], french(one["titre"]), french(one["texte"])) for one in said["etapes"]]
    text = tuple(map(french, said["texte"]))
    return Help(path.stem, french(said["titre"]), text, said["questions"], tuple(steps))

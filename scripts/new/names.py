"""Which names will do, and what is made of them: a constant, a class, a sentence."""

import keyword
import re

from contracts.words.services import SERVICES
from scripts.new.draft import Refused

PARTS = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
EVENT = re.compile(rf"({PARTS.pattern})\.({PARTS.pattern})(\.v1)?")
LONGEST = 40


def plain(name: str, example: str) -> str:
    """`name` as a module is called. Refused when it is not words of a-z with « _ » or « - » between them."""
    made = name.replace("-", "_")
    if not PARTS.fullmatch(made) or keyword.iskeyword(made) or len(made) > LONGEST:
        raise Refused(f"« {name} » is no name: lower-case words with « _ », {LONGEST} letters at most, like {example}.")
    return made


def verb(name: str) -> str:
    """The name of a use case: a verb and what it does it to, so two words at least."""
    made = plain(name, "register_site")
    if "_" not in made:
        raise Refused(f"« {name} » is one word: a use case is a verb and its object, like register_site.")
    return made


def event_type(name: str) -> str:
    """« thing.happened.v1 », with or without its version. Refused otherwise."""
    found = EVENT.fullmatch(name)
    if not found or len(name) > LONGEST:
        raise Refused(f"« {name} » is no event: what it is about, a dot, what happened to it, like invoice.paid.")
    return name if name.endswith(".v1") else f"{name}.v1"


def service(name: str, why: str) -> str:
    """One of the five. Refused otherwise; `why` says what it is asked for."""
    if name not in SERVICES:
        raise Refused(f"{why}: one of {', '.join(SERVICES)}{f', not « {name} »' if name else ''}.")
    return name


def title(given: str, name: str) -> str:
    """What people read: what was given, or the words of the name. Refused when it would not stand in a template."""
    made = given.strip() or name.replace("_", " ").capitalize()
    if set(made) & set('{}<>&"%\\$\n\r') or len(made) > 60:
        raise Refused("a title is up to 60 characters of plain text, without quotes or brackets.")
    return made


def camel(name: str) -> str:
    """register_site: RegisterSite."""
    return "".join(part.capitalize() for part in name.split("_"))

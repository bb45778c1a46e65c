"""French spaces: « », : ; ! and ? never begin or end a line alone. Templates and labels have plain spaces."""

import re

from jinja2.ext import Extension

NO_BREAK = "\u00a0"
AFTER = re.compile(r"« ")
INDENT = re.compile(r"\n[ \t]+")
BEFORE = re.compile(r" (?=[»:;!?](?:[\s<.,)\"]|$))")


def french(text: str) -> str:
    """`text` with its French spaces."""
    return BEFORE.sub(NO_BREAK, AFTER.sub(f"«{NO_BREAK}", text))


class FrenchSpaces(Extension):
    """Makes those spaces unbreakable in the source of every template, once, when it is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with its French spaces."""
        return french(source)


class Unindented(Extension):
    """Takes the indentation out of every template, once, when it is compiled: no browser shows it, and pages, which are
    never compressed, are a tenth lighter."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with lines that begin at their first sign."""
        return INDENT.sub("\n", source)

"""French spaces: « », : ; ! and ? never begin or end a line alone. Templates and labels have plain spaces."""

import re

from jinja2.ext import Extension

NO_BREAK = "\u00a0"
AFTER = re.compile(r"« ")
INDENTED = re.compile(r"^[ \t]+(?=<)", re.MULTILINE)
BEFORE = re.compile(r" (?=[»:;!?](?:[\s<.,)\"]|$))")


def french(text: str) -> str:
    """`text` with its French spaces."""
    return BEFORE.sub(NO_BREAK, AFTER.sub(f"«{NO_BREAK}", text))


class FrenchSpaces(Extension):
    """Makes those spaces unbreakable in the source of every template, once, when it is compiled, and leaves out the
    indentation, which is for who writes templates: pages are not compressed, and a tenth of a list was blanks."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with its French spaces, its tags at the beginning of their lines."""
        return french(INDENTED.sub("", source))

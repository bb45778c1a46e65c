"""Words typed into a search box, as SQL."""

from collections.abc import Iterator

import sqlalchemy as sa

from contracts.rules.folding import fold

LONGEST = 100


def each_word_in(column: sa.Column[str], text: str | None) -> Iterator[sa.ColumnElement[bool]]:
    """Every word of `text` somewhere in the folded `column`; % and _ are ordinary characters."""
    for word in fold((text or "")[:LONGEST]).split():
        yield column.contains(word, autoescape=True)


def containing(word: str) -> str:
    """The pattern of what holds `word`, for a statement that is built once: « % » and « _ » are ordinary characters,
    « / » is what makes them so."""
    for special in "/%_":
        word = word.replace(special, f"/{special}")
    return f"%{word}%"

"""Reads an HTML part as a person does: its visible words, block by block."""

from html.parser import HTMLParser

SILENT = {"style", "title", "head"}
INLINE = {"bdi"}  # stands against the comma or the parenthesis that follows a name


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag == "head"
        if tag == "a":
            self.links.append(str(dict(attrs)["href"]))
        self.seen.append("" if tag in INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag == "head"
        self.seen.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.seen.append(data)


def words_of_html(html: str) -> list[str]:
    """The words that are seen, in order. A tag inside a word would cut it; ours never stand inside one."""
    reader = _Reader()
    reader.feed(html)
    return "".join(reader.seen).replace(" .", ".").split()


def links_of_html(html: str) -> list[str]:
    """Where its links lead, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.links


def words_of_text(text: str) -> list[str]:
    """The words of a text part, without its ruled line."""
    return [word for word in text.split() if set(word) != {"-"}]

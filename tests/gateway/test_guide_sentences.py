"""The words of the guide are exact: each of its sentences is shown at its place, letter for letter."""

import re
from collections import defaultdict

from tests.gateway.fake_services import FakeServices
from tests.gateway.guide_places import texts
from tests.gateway.portal import Portal
from tests.house.sources import ROOT

FILE = ROOT / "docs" / "guide-sentences.txt"
NUMBERED = re.compile(r"([GT]\d+) (.+)")
ENDS = (".", ":", "!", "?")


def written() -> dict[str, list[tuple[str, str]]]:
    """The sentences of the file, each with its number, by the place that shows it."""
    found, place = defaultdict[str, list[tuple[str, str]]](list), ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            place = line.strip("[]")
        elif line and not line.startswith("#"):
            number, sentence = NUMBERED.fullmatch(line).groups()  # type: ignore[union-attr]
            found[place].append((number, sentence))
    return found


def is_said(sentence: str, texts: list[str]) -> bool:
    """Is it there: a label as the whole of something, a sentence anywhere in it?"""
    wanted = re.compile(".*".join(map(re.escape, sentence.split("…"))))
    is_label = not sentence.endswith(ENDS)
    return any(wanted.fullmatch(text) if is_label else wanted.search(text) for text in texts)


def test_every_sentence_of_the_guide_is_shown_as_it_is_written(visitor: Portal, services: FakeServices) -> None:
    shown = texts(visitor, services)
    differ = {
        f"{place}: {number} {sentence}"
        for place, sentences in written().items()
        for number, sentence in sentences
        if not is_said(sentence, [" ".join(text.split()) for text in shown[place]])
    }
    assert not differ, "The guide's words win:\n" + "\n".join(sorted(differ))

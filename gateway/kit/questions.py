"""« Questions-Réponses » (G71): one French file a theme, `gateway/content/questions/<theme>.toml`, and their search.

It knows neither accents nor capitals, leaves out the small words of a sentence, and finds the beginnings of words:
« délégation cabinet » finds « déléguer des droits à mon cabinet ».
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from contracts.rules.folding import fold
from gateway.kit.typography import french

FOLDER = Path(__file__).parents[1] / "content" / "questions"
SMALL = frozenset(
    "alors au aux avec ce ces cet cette comment dans de des dois du elle en est et faire faut il je la le les leur ma"
    " mais me mes moi mon ne nos notre on ou par pas peut peux plus pour pourquoi puis qu quand que quel quelle quelles"
    " quels qui quoi sa sans se ses si son sont sur ta te tes ton tu un une vos votre vous".split()
)
IN_QUESTION, IN_ANSWER = 3, 1  # what a word found there is worth
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Question:
    """One question and its answer, a paragraph a line. `id`: its place in the page."""

    id: str
    question: str
    answer: tuple[str, ...]
    words: tuple[frozenset[str], frozenset[str]] = field(repr=False)

    def worth(self, word: str) -> int:
        """How well it answers who looks for words that begin like `word`; 0: not at all."""
        question, answer = self.words
        return IN_QUESTION * _begins(word, question) or IN_ANSWER * _begins(word, answer)


@dataclass(frozen=True)
class Theme:
    """Questions of one kind."""

    id: str
    title: str
    rank: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Found:
    """What a search finds, best first. `close`: nothing has all its words, these have some."""

    questions: tuple[Question, ...]
    close: bool


@cache
def themes() -> tuple[Theme, ...]:
    """Every theme, in the order in which the page shows them."""
    return tuple(sorted((_read(path) for path in FOLDER.glob("*.toml")), key=lambda one: one.rank))


def theme(name: str) -> Theme | None:
    """The theme of that name."""
    return next((one for one in themes() if one.id == name), None)


def search(typed: str) -> Found:
    """The questions for the words of `typed`: those that have them all, or else those that have the most."""
    words = {_beginning(word) for word in _words(typed)}
    every = [one for known in themes() for one in known.questions]
    met = [(sum(map(bool, worths)), sum(worths), one) for one in every if any(worths := [*map(one.worth, words)])]
    most = max((number for number, _, _ in met), default=0)
    best = sorted((one for one in met if one[0] == most), key=lambda one: -one[1])
    return Found(tuple(one for _, _, one in best), close=0 < most < len(words))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(text)) if len(word) > 1 and word not in SMALL)


def _beginning(word: str) -> str:
    """What « déléguer », « délègue » and « délégation » have alike; short words only lose their plural."""
    return word[: 6 if len(word) > 8 else 5] if len(word) > 5 else word.rstrip("sx") or word


def _begins(word: str, words: frozenset[str]) -> bool:
    return any(one.startswith(word) for one in words)


def _read(path: Path) -> Theme:
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    questions = tuple(_question(one["question"], one["reponse"], said["titre"]) for one in said["questions"])
    return Theme(path.stem, french(said["titre"]), said["rang"], questions)


def _question(question: str, answer: list[str], title: str) -> Question:
    place = "-".join(_WORD.findall(fold(question)))
    words = (_words(question), _words(" ".join([*answer, title])))
    return Question(place, french(question), tuple(map(french, answer)), words)

"""The journeys of the guide through nginx, in Chromium, on the stack; e-mails read from MailDev's API.

They are the very tests of tests/journeys; only the system under them is another.
"""

from collections.abc import Callable
from importlib import import_module

from tests.support.compose import ROOT

CHAPTERS = [path.stem for path in sorted((ROOT / "tests/journeys").glob("test_[1-6]_*.py"))]


def journeys() -> dict[str, Callable[..., None]]:
    """Every test of every chapter, named after its chapter."""
    found = {}
    for chapter in CHAPTERS:
        for name, test in vars(import_module(f"tests.journeys.{chapter}")).items():
            if name.startswith("test_"):
                found[f"test_{chapter.split('_')[1]}_{name.removeprefix('test_')}"] = test
    return found


globals().update(journeys())


def test_there_are_chapters() -> None:
    assert len(CHAPTERS) >= 5

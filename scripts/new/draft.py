"""What is going to be written: all of it is known, and may stand, before the first file is touched."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"


class Refused(Exception):
    """What was asked cannot be made; the message is the sentence to print."""


@dataclass(frozen=True)
class Wish:
    """What was asked for, as it was typed."""

    name: str
    service: str = ""
    to: tuple[str, ...] = ()
    event: str = ""
    title: str = ""


@dataclass
class Draft:
    """New files and changed ones under `root`, commands that follow, and what a person must still do."""

    root: Path
    files: dict[str, str] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    then: list[Sequence[str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def make(self, path: str, template: str, /, **words: str) -> None:
        """A new file from a template. Refused when it is there: nothing is ever overwritten."""
        if (self.root / path).exists():
            raise Refused(f"{path} is there already; nothing was written.")
        self.files[path] = filled(template, **words)

    def change(self, path: str, edit: Callable[[str], str]) -> None:
        """A file that is there, with what `edit` makes of its text."""
        try:
            text = self.changes.get(path) or (self.root / path).read_text(encoding="utf-8")
            self.changes[path] = edit(text)
        except (OSError, LookupError) as error:
            raise Refused(f"{path} is not as this command knows it ({error}); nothing was written.") from None

    def write(self) -> None:
        """Write it, in the style of the house, then run what follows. Refused when a command fails."""
        for path, text in (self.files | self.changes).items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")
        written = [path for path in self.files | self.changes if path.endswith(".py")]
        ruff = str(Path(sys.executable).parent / "ruff")
        self._run([ruff, "check", "-q", "--select", "I", "--fix", *written])
        self._run([ruff, "format", "-q", *written])
        for words in self.then:
            self._run([sys.executable, *words])

    def _run(self, words: Sequence[str]) -> None:
        done = subprocess.run(words, cwd=self.root, capture_output=True, text=True)
        if done.returncode:
            raise Refused(f"the files are written, but « {' '.join(words[1:4])} » failed:\n{done.stdout}{done.stderr}")


def filled(template: str, /, **words: str) -> str:
    """A template of the folder with its words. KeyError when one is missing."""
    return Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(words)

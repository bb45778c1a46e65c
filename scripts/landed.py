"""Add the release that has just landed to deploy/releases.toml: `python -m scripts.landed NAME [COMMIT]`.

It is the version before from then on: what follows it has to run beside it (docs/decisions/0032).
"""

import subprocess
import sys
from pathlib import Path

from contracts.words.services import SERVICES

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "deploy" / "releases.toml"
ENTRY = '\n[[release]]\nname = "{name}"\ncommit = "{commit}"\nheads = {{{heads}}}\n'


def entry(name: str, commit: str) -> str:
    """The lines of the release of that commit. CalledProcessError when the history does not have it."""
    heads = ", ".join(f'{service} = "{head(commit, service)}"' for service in SERVICES)
    return ENTRY.format(name=name, commit=_git("rev-parse", "--short=12", f"{commit}^{{commit}}").strip(), heads=heads)


def head(commit: str, service: str) -> str:
    """The number of the newest migration of `service` in that commit."""
    names = _git("ls-tree", "--name-only", f"{commit}:services/{service}/migrations/versions").split()
    return max(name[:4] for name in names if name[:4].isdigit())


def main(words: list[str]) -> int:
    """Write it; the exit status."""
    if not words:
        sys.stderr.write(f"{__doc__}")
        return 2
    with FILE.open("a", encoding="utf-8") as file:
        file.write(entry(words[0], words[1] if len(words) > 1 else "HEAD"))
    return 0


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The releases that landed (deploy/releases.toml), and the tree of one, taken out of this repository's history."""

import os
import subprocess
import tarfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = "deploy/releases.toml"


@dataclass(frozen=True)
class Release:
    """One that landed: `heads` has the newest migration of each service then."""

    name: str
    commit: str
    heads: Mapping[str, str]


@cache
def landed() -> tuple[Release, ...]:
    """Every release, oldest first."""
    entries = tomllib.loads((ROOT / FILE).read_text(encoding="utf-8"))["release"]
    return tuple(Release(one["name"], one["commit"], one["heads"]) for one in entries)


def before() -> Release:
    """The version before: the last that landed. UPGRADE_FROM names another commit, for who asks about it."""
    last = landed()[-1]
    other = os.environ.get("UPGRADE_FROM", "")
    return Release(other, other, last.heads) if other else last


def there(commit: str) -> bool:
    """Whether this repository has that commit with its files: a shallow clone, or a copy without history, has not."""
    return _git("cat-file", "-e", f"{commit}^{{tree}}").returncode == 0


def is_ancestor(commit: str) -> bool:
    """Whether what is here was built on that commit."""
    return _git("merge-base", "--is-ancestor", commit, "HEAD").returncode == 0


def archive(commit: str, folder: Path) -> Path:
    """The tree of `commit`, written into `folder`; that folder."""
    done = _git("archive", "--format", "tar", commit)
    done.check_returncode()
    with tarfile.open(fileobj=BytesIO(done.stdout)) as tree:
        tree.extractall(folder, filter="data")
    return folder


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, timeout=600)
    except FileNotFoundError:
        return subprocess.CompletedProcess(words, 127, b"", b"no git")

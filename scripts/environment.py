"""Make .venv hold exactly what a lock says: `python3 scripts/environment.py LOCK…`. Fast when it is so already.

The standard library alone. Debian gives pip without the ensurepip module, so the environment is made without
pip and filled by the pip outside.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 13)


class Unusable(Exception):
    """This machine cannot hold the environment; the message is the sentence to print."""


def main(locks: list[str]) -> None:
    """Bring .venv to `locks`, in order."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Unusable(
            f"Python 3.11 to 3.13 is needed; {sys.executable} is {sys.version.split()[0]} (PYTHON= names another)."
        )
    if not working(HOME / "bin" / "python"):
        print(f"making {HOME.name} with Python {sys.version.split()[0]}", flush=True)
        venv.EnvBuilder(clear=True, symlinks=True, with_pip=False).create(HOME)
    for lock in map(Path, locks):
        stamp = HOME / f"installed-{lock.stem}"
        digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != digest:
            print(f"installing {lock} (once; a later start finds it done)", flush=True)
            install(ROOT / lock)
            stamp.write_text(digest)


def working(python: Path) -> bool:
    """Whether `python` is there and starts: the Python it was made from may have gone."""
    return python.exists() and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def install(lock: Path) -> None:
    """Install `lock` by its hashes. Everything is in it, so nothing is resolved."""
    words = ["install", "-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps", "-r", str(lock)]
    if subprocess.run([*outer_pip(), *words]).returncode:
        raise Unusable(f"The packages of {lock.name} could not be installed: pip says why above.")


def outer_pip() -> list[str]:
    """A pip that can fill .venv: this Python's own, or the one ensurepip puts inside."""
    base = getattr(sys, "_base_executable", sys.executable)
    inside = str(HOME / "bin" / "python")
    if subprocess.run([base, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return [base, "-m", "pip", "--python", inside]
    if subprocess.run([inside, "-m", "ensurepip"], capture_output=True).returncode == 0:
        return [inside, "-m", "pip"]
    raise Unusable("pip is missing: install python3-pip.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Unusable, OSError) as problem:
        sys.exit(f"make: {problem}")

"""`make dev`: a file changes, the old process ends as at Ctrl-C, the new one answers on its folder and port."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from watchfiles import Change

from embedded.folder import Folder
from scripts.dev import is_source
from tests.support.ports import eventually, free_port
from tests.support.processes import NO_ANSWER, Child

END = "Arrêt…"


@contextmanager
def started(copy: Path, place: Path) -> Iterator[tuple[Child, str]]:
    """The system of the copy, as `make dev` starts it, in the folder `place`."""
    port = free_port()
    words = ["env", "-C", str(copy), sys.executable, "-m", "scripts.dev", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    environment = {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    child = Child([*words, "--folder", str(place / "var")], environment, place / "log", f"{url}/connexion")
    comes(child, child.ready)
    yield child, url
    if child.running():
        child.kill9()


def comes(child: Child, condition: Callable[[], object]) -> None:
    """Wait for it as long as the system is there."""
    eventually(lambda: condition() or not child.running(), limit=60)
    assert child.running(), child.tail()


@pytest.fixture(scope="module")
def running(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Child, str]]:
    """One for the tests that change files."""
    with started(copy, tmp_path_factory.mktemp("dev")) as both:
        yield both


def shown(url: str, words: str) -> bool:
    try:
        return words in httpx.get(url, timeout=20).text
    except (httpx.HTTPError, *NO_ANSWER):
        return False


def changes(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "page"),
    [
        ("gateway/templates/mot_de_passe_oublie.html", "<h1>Mot de passe", "<h1>Autre mot de passe", "oublie"),
        ("contracts/words/messages.py", "un courriel vient", "une lettre vient", "oublie/envoye"),
    ],
)
def test_a_change_is_answered(running: tuple[Child, str], copy: Path, file: str, old: str, new: str, page: str) -> None:
    child, url = running
    address, ended = f"{url}/mot-de-passe-{page}", child.log.read_text().count(END)
    comes(child, lambda: shown(address, old))
    changes(copy / file, old, new)
    comes(child, lambda: child.log.read_text().count(END) == ended + 1)
    comes(child, lambda: shown(address, new))
    assert f"{file} changed" in child.log.read_text()


def test_a_file_that_cannot_be_read_is_said_and_the_next_change_mends_it(
    running: tuple[Child, str], copy: Path
) -> None:
    child, _ = running
    comes(child, child.ready)
    changes(copy / "gateway/kit/today.py", '"""', '("""')
    comes(child, lambda: "SyntaxError" in child.log.read_text())
    changes(copy / "gateway/kit/today.py", '("""', '"""')
    comes(child, child.ready)


def test_ctrl_c_ends_it_and_the_system_that_it_started(copy: Path, tmp_path: Path) -> None:
    with started(copy, tmp_path) as (child, url):
        comes(child, lambda: "Données" in child.tail())
        os.kill(child.pid, signal.SIGINT)
        eventually(lambda: not child.running(), limit=40)
        assert child.exit_status() == 0 and child.tail().rstrip().endswith(END), child.tail()
        assert not shown(f"{url}/connexion", "")
        held = Folder(tmp_path / "var")
        held.take()
        held.release()


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("gateway/app.py", True),
        ("gateway/static/css/forms.css", True),
        ("services/notification/messages/layout.txt", True),
        ("gateway/.app.py.swp", False),
        ("gateway/.#app.py", False),
        ("gateway/__pycache__/app.cpython-311.pyc", False),
        ("services/dsn/README.md", False),
    ],
)
def test_what_the_system_is_made_of_counts(path: str, counts: bool) -> None:
    assert is_source(Change.modified, path) is counts

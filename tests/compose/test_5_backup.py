"""A copy made while people work, restored into an empty stack: everything that was answered is there, once."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.support.compose import FILES, ROOT, SERVICES, Compose
from tests.support.compose_load import Load, balance

KEPT = {
    "identity": "SELECT count(*) FROM accounts",
    "delegation": "SELECT count(*) FROM adherents",
    "notification": "SELECT count(*) FROM delivery",
}


def test_a_copy_made_under_load_is_restored_into_a_fresh_stack(
    stack: Compose, beside: Callable[[], Compose], tmp_path: Path
) -> None:
    load = Load(stack)
    with load.running():
        load.done(25)
        before = set(load.ledger.ok)
        _script(stack, "backup.sh", tmp_path / "copy")
        load.done(25)
    balance(stack, load.ledger)
    other = beside()
    _script(other, "restore.sh", tmp_path / "copy")
    other.up()
    known = {row[0] for row in other.rows("notification", "SELECT recipient FROM delivery WHERE status = 'envoye'")}
    assert before <= known and other.waiting() == {} and other.parked() == 0
    for service in SERVICES:
        assert other.rows(service, "SELECT count(*) FROM outbox") == [["0"]]
    assert other.received() == []  # what was sent before is not sent again
    for owner in ("identity", "delegation"):
        assert "epoch" in other.execute(f"{owner}-worker", "entrypoint.sh", "announce")
    more = Load(other)
    with more.running():
        more.done(10)
    balance(other, more.ledger)


def test_a_system_that_holds_something_is_never_overwritten(stack: Compose, tmp_path: Path) -> None:
    _script(stack, "backup.sh", tmp_path / "copy")
    counts = {service: stack.rows(service, query) for service, query in KEPT.items()}
    refused = _script(stack, "restore.sh", tmp_path / "copy", check=False)
    assert refused.returncode == 1 and "is not empty" in refused.stderr
    assert {service: stack.rows(service, query) for service, query in KEPT.items()} == counts


def _script(stack: Compose, name: str, folder: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(Path.home()),
        "COMPOSE_PROJECT_NAME": stack.project,
        "COMPOSE_FILE": ":".join(FILES),
        **stack.environment,
    }
    words = [str(ROOT / "scripts" / name), str(folder)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert not check or done.returncode == 0, done.stderr[-3000:]
    return done

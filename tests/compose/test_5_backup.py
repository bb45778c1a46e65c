"""A copy made while people work, restored into an empty stack: everything that was answered is there, once."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.support.compose import SERVICES, Compose
from tests.support.compose_load import Load, balance
from tests.support.operations import covers

KEPT = {
    "identity": "SELECT count(*) FROM accounts",
    "delegation": "SELECT count(*) FROM adherents",
    "notification": "SELECT count(*) FROM delivery",
}


@covers(
    "docker compose down --volumes",  # `beside` ends with it
    "scripts/backup.sh [folder]",
    "scripts/restore.sh folder",
    "scripts/restore.sh var/backups/20261123T020000Z",
)
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
    assert other.shell("scripts/announce.sh").stdout.count(": epoch ") == 3
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
    return stack.shell(f"scripts/{name} {folder}", check)

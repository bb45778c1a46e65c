"""The page for operators, as it is written: its commands on the running system, and what they leave behind."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.journeys.companies import machine_token
from tests.support.compose import ROOT, Compose
from tests.support.compose_load import Load, balance
from tests.support.operations import covers
from tests.support.ports import eventually

NOBODY = "0190b5a8-0000-7000-8000-000000000001"
FOLDER = "var/backups/20261123T020000Z"
# What each says when nothing is wrong.
LOOKED = {
    "docker compose ps": "identity-api",
    "docker compose logs --since 10m identity-worker": "",
    "docker compose exec rabbitmq rabbitmqctl list_queues name messages consumers": "identity.dead",
    "docker compose exec rabbitmq rabbitmqctl list_queues name type arguments": "x-delivery-limit",
    "docker compose exec rabbitmq rabbitmqctl status": "Alarms",
    "docker compose exec postgres psql -d identity -c 'SELECT count(*) FROM outbox'": "count",
    "docker compose exec identity-worker entrypoint.sh config": "***",
    "docker compose exec identity-worker entrypoint.sh parked": "",
    "docker compose exec delegation-worker entrypoint.sh verify": "no fault",
    "docker compose exec identity-worker entrypoint.sh replay --dry-run": "0 would be replayed",
    "docker compose exec identity-worker entrypoint.sh replay --id …": "0 to replay",
    "docker compose exec identity-worker entrypoint.sh replay --id … --force": "0 to replay",
    "docker compose exec identity-worker entrypoint.sh outbox parked": "",
    "docker compose exec identity-worker entrypoint.sh outbox replay --id …": "0 to replay",
    "docker compose exec identity-worker entrypoint.sh dead list": "",
    "docker compose exec identity-worker entrypoint.sh dead replay": "0 to replay",
    "docker compose exec dsn-worker entrypoint.sh ask quarantine list": "",
    "docker compose exec dsn-worker entrypoint.sh ask quarantine replay": '{"released": 0}',
}
# grep ends with 1 when no line has the word, which is the usual case.
SEARCHED = (
    "docker compose logs delegation-worker | grep authz_fail",
    'docker compose logs dsn-worker | grep "row set aside"',
)
ALONE = (
    "docker compose stop edge",
    "docker compose stop delegation-api delegation-worker",
    "docker compose exec postgres dropdb delegation",
    "docker compose exec postgres bash /opt/espace/databases.sh",
    "scripts/restore.sh var/backups/20261123T020000Z delegation",
    "docker compose up --wait delegation-worker",
    "scripts/announce.sh",
    "docker compose up --wait",
)
AGAIN = "docker compose up --wait --force-recreate --no-deps"
ROTATED = {
    "keys": ("docker compose up --wait --force-recreate --no-deps identity-api identity-worker",),
    "database:dsn": (
        "docker compose up --wait --force-recreate --no-deps postgres",
        "docker compose exec postgres bash /opt/espace/databases.sh",
        f"{AGAIN} dsn-api dsn-worker",
    ),
    "broker:dsn": (
        "scripts/import_definitions.sh",
        f"{AGAIN} dsn-api dsn-worker",
    ),
    "client:caisse": (f"{AGAIN} identity-api",),
    "gateway": (f"{AGAIN} gateway",),
}


@pytest.mark.parametrize("command", LOOKED)
def test_what_one_looks_at_first_answers(stack: Compose, command: str) -> None:
    assert LOOKED[command] in stack.shell(command.replace("…", NOBODY)).stdout


@pytest.mark.parametrize("command", SEARCHED)
def test_a_line_that_there_is_none_of_is_not_found(stack: Compose, command: str) -> None:
    assert stack.shell(command, check=False).returncode == 1


def test_a_refused_login_is_found_in_the_log(stack: Compose) -> None:
    form = {"email": "personne@example.com", "mot_de_passe": "pas le bon"}
    assert httpx.post(f"{stack.api('identity')}/v1/sessions", json=form, timeout=60).status_code == 401
    assert stack.shell("docker compose logs identity-api | grep authn_login_fail").stdout


@covers("docker compose exec postgres psql -d dsn", "docker compose exec identity-worker entrypoint.sh parked")
def test_rows_set_aside_are_listed(stack: Compose) -> None:
    assert stack.rows("dsn", "SELECT name, done, error, due_at FROM job_runs WHERE name LIKE '%:%'") == []


@covers("docker compose build")
def test_the_first_start_on_a_system_that_runs_loses_nothing(stack: Compose) -> None:
    kept = _adherents(stack)
    stack.shell("docker compose up --build --wait")
    assert _adherents(stack) == kept
    _work(stack)


def test_one_service_goes_back_alone_and_the_others_follow(stack: Compose, tmp_path: Path) -> None:
    _work(stack)
    stack.shell(f"scripts/backup.sh {tmp_path / 'copy'}")
    kept = _adherents(stack)
    _work(stack)
    assert _adherents(stack)["contact"] > kept["contact"]
    mails = len(stack.received())
    for command in ALONE:
        stack.shell(command.replace(FOLDER, str(tmp_path / "copy")))
    eventually(lambda: not stack.waiting(), limit=240, every=1, what="the announcement did not come to its end")
    assert (_adherents(stack), stack.parked(), len(stack.received())) == (kept, 0, mails)
    _work(stack)


@covers("python scripts/make_secrets.py --rotate THING")
@pytest.mark.parametrize("thing", ROTATED)
def test_a_secret_is_changed_while_the_system_runs(stack: Compose, thing: str) -> None:
    words = [sys.executable, str(ROOT / "scripts/make_secrets.py"), "--into", str(stack.secrets), "--rotate", thing]
    subprocess.run(words, check=True, capture_output=True)
    for command in ROTATED[thing]:
        stack.shell(command)
    assert machine_token(stack)
    assert httpx.get(f"{stack.url}/connexion", timeout=60).status_code == 200
    _work(stack)


def _work(stack: Compose) -> None:
    """Some companies come in, and each founder is invited once."""
    load = Load(stack)
    with load.running():
        load.done(10)
    balance(stack, load.ledger)


def _adherents(stack: Compose) -> dict[str, int]:
    """How many companies the owner knows, and who follows it."""
    tables = {"delegation": "adherents", "contact": "adherent"}
    return {name: int(stack.rows(name, f"SELECT count(*) FROM {table}")[0][0]) for name, table in tables.items()}

"""Processes with accounts that can do their part alone, as in a deployment: all of it works, and what lacks is said."""

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pika
import pytest

from scripts.broker_accounts import ADMINISTRATOR, definitions
from tests.bus.faults.test_dead_letters import bury, command
from tests.support.drill.cards import REGISTRY
from tests.support.ports import eventually
from tests.support.processes import NO_ANSWER, Process
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]
PASSWORDS = {name: f"secret-of-{name}" for name in ("maker", "taker", ADMINISTRATOR)}


@pytest.fixture
def narrow(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The stage, whose processes come with their own accounts: imported where the queues stand already."""
    wanted = definitions(REGISTRY, PASSWORDS)
    del wanted["vhosts"]
    wanted = {
        kind: [one | {"vhost": stage.vhost} if "vhost" in one else one for one in all_] for kind, all_ in wanted.items()
    }
    file = tmp_path / "definitions.json"
    file.write_text(json.dumps(wanted))
    stage.rabbitmq.load(file)
    real = stage.environment

    def own(name: str, *arguments: Any) -> dict[str, str]:
        url = stage.broker.replace("//guest:guest@", f"//{name}:{PASSWORDS[name]}@")
        return {**real(name, *arguments), "ESPACE_BROKER_URL": url}

    monkeypatch.setattr(stage, "environment", own)
    return stage


def delete(stage: Stage, queue: str) -> None:
    with pika.BlockingConnection(pika.URLParameters(stage.broker)) as connection:
        connection.channel().queue_delete(queue)


def readiness(process: Process) -> tuple[int, dict[str, str]]:
    """What /readyz says; 0 while nobody answers there."""
    try:
        with urllib.request.urlopen(process.ready_url, timeout=5) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())
    except NO_ANSWER:
        return 0, {}


def unready(process: Process, reason: str) -> bool:
    status, said = readiness(process)
    return status == 503 and said["bus"] == "away" and reason in said["reason"]


def test_relay_consumer_and_dead_letters_work_with_accounts_that_can_do_nothing_else(narrow: Stage) -> None:
    maker = narrow.worker("maker")
    narrow.write(f"m{n}" for n in range(50))
    eventually(lambda: narrow.count("maker", "outbox") == 0)
    bury(narrow, 5)
    assert len(command(narrow, "list")) == 5 and narrow.dead() == 5
    assert command(narrow, "replay")[-1] == "5 to replay"
    assert narrow.dead() == 0
    narrow.worker("taker")
    narrow.write(f"n{n}" for n in range(50))
    verdict = narrow.verdict()
    assert verdict.clean, str(verdict)
    assert maker.running() and readiness(maker)[0] == 200


def test_a_worker_whose_queue_lacks_says_so_and_goes_on_when_it_is_made(narrow: Stage) -> None:
    delete(narrow, "taker")
    taker, maker = narrow.worker("taker", wait=False), narrow.worker("maker")
    eventually(lambda: unready(taker, "no queue 'taker'"), limit=30, state=lambda: str(readiness(taker)))
    narrow.write(f"m{n}" for n in range(20))
    eventually(lambda: narrow.count("maker", "outbox WHERE error = 'returned'") == 20)  # it waits, with its reason
    assert readiness(maker)[0] == 200, "another's queue is not its business"
    narrow.declare()
    eventually(lambda: readiness(taker)[0] == 200, limit=30, state=lambda: str(readiness(taker)))
    delete(narrow, "taker")  # under a consumer that runs
    eventually(lambda: unready(taker, "no queue 'taker'"), limit=30, state=lambda: str(readiness(taker)))
    narrow.declare()
    verdict = narrow.verdict()
    assert verdict.clean, str(verdict)
    assert taker.running() and maker.running()


def test_a_migration_makes_the_topology_stand_where_no_definitions_do(stage: Stage) -> None:
    delete(stage, "taker")
    process = stage.run("migrate", "maker", wait=False, child=True)
    eventually(lambda: not process.running(), limit=60)
    assert process.exit_status() == 0, process.tail()
    stage.worker("maker")
    stage.worker("taker")
    stage.write(["told"])
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def test_a_migration_leaves_the_topology_to_the_definitions_where_accounts_are_narrow(narrow: Stage) -> None:
    delete(narrow, "taker")
    process = narrow.run("migrate", "taker", wait=False, child=True)
    eventually(lambda: not process.running(), limit=60)
    assert process.exit_status() == 0, process.tail()
    taker = narrow.worker("taker", wait=False)
    eventually(lambda: unready(taker, "no queue 'taker'"), limit=30, state=lambda: str(readiness(taker)))

"""Lines between our processes and their servers: dead without a word, down, or coming and going."""

import json
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from backbone.ids import new_id
from tests.support.line import Line, line_to
from tests.support.ports import eventually, patience
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]
SECONDS = 2.0


@pytest.fixture
def database(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """The line by which the processes of the stage reach their databases, and nobody else."""
    real = stage.environment
    with line_to(stage.postgres.port) as line:

        def through(*arguments: object) -> dict[str, str]:
            told = real(*arguments)  # type: ignore[arg-type]
            url = told["ESPACE_DATABASE_URL"].replace(f":{stage.postgres.port}/", f":{line.port}/")
            return {**told, "ESPACE_DATABASE_URL": url, "ESPACE_DATABASE_SECONDS": str(SECONDS)}

        monkeypatch.setattr(stage, "environment", through)
        yield line


@pytest.fixture
def broker(stage: Stage) -> Iterator[Line]:
    """The line by which they reach the broker."""
    port = urlsplit(stage.broker).port or 5672
    with line_to(port) as line:
        stage.broker = stage.broker.replace(f":{port}/", f":{line.port}/")
        yield line


def bus_of(port: int) -> str:
    """What /readyz says of the bus."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        return str(json.loads(answer.read())["bus"])


def test_a_database_line_that_dies_without_a_word_is_given_up_by_requests_and_workers(
    stage: Stage, database: Line
) -> None:
    workers = [stage.worker("maker"), stage.worker("taker")]
    _, port = stage.api()
    stage.write((f"before-{n}" for n in range(50)), batch=10)
    assert stage.post(port, "first", str(new_id()))[0] == 201
    database.swallow()
    begun = time.monotonic()
    status, headers = stage.post(port, "never", str(new_id()), timeout=60)
    assert (status, bool(headers.get("Retry-After"))) == (503, True)
    assert time.monotonic() - begun < (1.1 * SECONDS + 8) * patience()
    stage.ledger.settle("never", "refused")
    stage.write((f"during-{n}" for n in range(50)), batch=10)  # by another line
    database.heal()
    begun = time.monotonic()
    eventually(lambda: stage.post(port, "second", str(new_id()), timeout=60)[0] == 201, limit=20)
    stage.quiet()
    assert time.monotonic() - begun < 30 * patience()
    assert all(worker.running() for worker in workers)


def test_a_process_that_only_relays_says_when_the_bus_is_away(stage: Stage, broker: Line) -> None:
    worker = stage.worker("maker")
    port = urlsplit(worker.ready_url).port or 0
    eventually(lambda: bus_of(port) == "ok", what="it does not reach the bus")
    broker.down()
    stage.write(["waits"])
    eventually(lambda: bus_of(port) == "degraded", limit=30)
    said = []
    end = time.monotonic() + 8  # longer than a try of the relay, and its pause
    while time.monotonic() < end:
        said.append(bus_of(port))
        time.sleep(0.1)
    assert set(said) == {"degraded"}
    broker.heal()
    eventually(lambda: bus_of(port) == "ok", limit=20, what="it does not come back")

"""The operator's commands of one service, as `python -m backbone` runs them."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from backbone import __main__ as processes
from backbone.ids import new_id
from backbone.messaging import inbox, outbox
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED


@pytest.fixture
def say(under: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command; the lines it says."""
    monkeypatch.setattr(processes, "load", lambda name: under.service)

    def run(*words: str) -> list[str]:
        done = CliRunner().invoke(processes.main, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    return run


def test_what_is_parked_is_listed_and_replayed_once(under: ServiceUnderTest, say: Any) -> None:
    delivery = under.delivery(NOTED, {"note_id": new_id(), "text": "x"})
    under.take([delivery._replace(body=b"bad")])
    (one,) = map(json.loads, say("parked", "sample"))
    assert one["id"] == delivery.headers["ce-id"] and one["error"].startswith("not_json")
    assert say("replay", "sample", "--dry-run") == ["1 would be replayed"]
    assert say("replay", "sample", "--id", one["id"], "--force") == ["1 to replay"]
    assert say("replay", "sample") == ["0 to replay"]
    with under.engine.connect() as connection:
        assert connection.execute(sa.select(inbox.table().c.error)).scalar_one().startswith("forced: ")


def test_what_the_bus_refused_is_listed_and_given_to_the_relay_again(under: ServiceUnderTest, say: Any) -> None:
    with under.unit() as uow:
        row = outbox.Row(new_id(), NOTED.type, {"ce-id": "x"}, "{}", uow.now)
        outbox.write(uow.connection, [row])
        (unsent,) = outbox.take(uow.connection, 1, uow.now)
        outbox.park(uow.connection, unsent.position, "unframed: ValueError", uow.now)
        uow.commit()
    (one,) = map(json.loads, say("outbox", "sample", "parked"))
    assert (one["id"], one["error"], one["attempts"]) == (str(row.id), "unframed: ValueError", 1)
    assert say("outbox", "sample", "replay", "--id", str(row.id)) == ["1 to replay"]
    assert say("outbox", "sample", "replay") == ["0 to replay"]
    with under.engine.connect() as connection:
        assert outbox.waiting(connection) == 1


def test_a_bus_in_one_process_has_no_dead_letters(under: ServiceUnderTest, say: Any) -> None:
    assert say("dead", "sample", "list") == []
    assert say("dead", "sample", "replay") == ["0 to replay"]

"""How many links an address may receive, and machine clients (C4, T1)."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.identity.domain.invitation import Sent, pause
from services.identity.domain.machine import MachineClient, read_clients

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ACCOUNT, ADHERENT = uuid4(), uuid4()


def sent(count, adherent=ADHERENT, minutes=1):
    return [Sent(ACCOUNT, adherent, NOW - timedelta(minutes=minutes)) for _ in range(count)]


def test_one_adherent_may_send_three_links_an_hour():
    assert not pause(ACCOUNT, ADHERENT, sent(2), NOW)
    assert pause(ACCOUNT, ADHERENT, sent(3), NOW) == timedelta(minutes=59)
    assert not pause(ACCOUNT, ADHERENT, sent(3, minutes=60), NOW)


def test_a_second_adherent_is_not_held_back_by_the_first():
    assert not pause(ACCOUNT, uuid4(), sent(3), NOW)


def test_a_mailbox_is_never_flooded():
    flood = [one for _ in range(30) for one in sent(1, uuid4())]
    assert pause(ACCOUNT, uuid4(), flood, NOW) == timedelta(days=1) - timedelta(minutes=1)
    assert not pause(uuid4(), ADHERENT, flood, NOW)


def test_a_machine_gets_its_scopes_and_no_other():
    client = MachineClient("referentiel", "0" * 64, frozenset({"dsn:write", "referential:write"}))
    assert client.granted([]) == client.scopes
    assert client.granted(["dsn:write"]) == {"dsn:write"}
    assert client.granted(["dsn:write", "notification:read"]) is None


@pytest.mark.parametrize(
    "entries",
    [
        {},
        [{}],
        [{"client_id": "a b", "secret_hash": "0" * 64, "scopes": ["dsn:write"]}],
        [{"client_id": "ab", "secret_hash": "secret", "scopes": ["dsn:write"]}],
        [{"client_id": "ab", "secret_hash": "0" * 64, "scopes": []}],
        [{"client_id": "ab", "secret_hash": "0" * 64, "scopes": ["dsn:write"]}] * 2,
    ],
)
def test_a_wrong_client_file_is_refused_whole(entries):
    with pytest.raises(ValueError):
        read_clients(json.dumps(entries))

"""A system in one process whose workers did not speak yet: nothing is believed, the owners beside are asked (K9)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from backbone.clock import SystemClock
from backbone.ids import new_id
from contracts.words.services import PEOPLE
from embedded.folder import Folder
from embedded.system import System
from services.identity.domain.ports import Signer

ACCOUNT, SESSION = new_id(), new_id()


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    """Built, not started."""
    folder = Folder(tmp_path / "var")
    folder.take()
    made = System(folder, "http://127.0.0.1:1")
    known = {"account_id": ACCOUNT, "email": "a@example.com", "email_key": "a@example.com", "status": "invite"}
    rest = {"newsletter": False, "version": 1, "created_at": SystemClock().now()}
    identity = made.services["identity"]
    with identity.engine.begin() as connection:
        connection.execute(sa.insert(identity.metadata.tables["accounts"]).values({**known, **rest}))
    yield made
    for service in made.services.values():
        service.engine.dispose()
    folder.release()


def status(system: System, service: str, path: str) -> int:
    at = int(SystemClock().now().timestamp())
    who = {"sub": str(ACCOUNT), "sid": str(SESSION), "amr": ["pwd"], "auth_time": at, "aud": list(PEOPLE)}
    token = system.services["identity"].port(Signer).sign({**who, "iat": at, "nbf": at, "exp": at + 60})
    client = system.apis[service].test_client()
    return client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code


def test_it_asks_its_neighbours_and_serves(system: System) -> None:
    assert status(system, "dsn", "/v1/sites") == 200
    assert status(system, "contact", "/v1/messages") == 200


@pytest.mark.parametrize("away", ["identity", "delegation"])
def test_without_them_it_serves_nobody(system: System, away: str) -> None:
    system.apis[away] = Flask("away")
    assert status(system, "dsn", "/v1/sites") == 503
    assert status(system, "contact", "/v1/messages") == 503

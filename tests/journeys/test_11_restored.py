"""delegation goes back to yesterday's copy, as operations.md says: real processes, and the command as a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.journeys.companies import a_company
from tests.journeys.systems import Distributed
from tests.journeys.test_10_bus_away import Story
from tests.support.fixtures import postgres, rabbitmq  # noqa: F401  (fixtures)
from tests.support.ports import eventually
from tests.support.postgres import Postgres
from tests.support.rabbitmq import Rabbit

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture
def system(tmp_path: Path, postgres: Postgres, rabbitmq: Rabbit) -> Iterator[Distributed]:  # noqa: F811
    """A system of this test alone."""
    running = Distributed(tmp_path, postgres, rabbitmq)
    yield running
    running.close()


def test_what_was_decided_after_the_copy_is_undone_everywhere_and_what_follows_is_heard(system: Distributed) -> None:
    story = Story(system, a_company())  # type: ignore[arg-type]
    story.open()
    firm, url = story.company.firm.email, sa.make_url(system.databases["delegation"])
    _away(system, url, source=str(url.database), target=f"{url.database}_copy")
    story.decide("closing")
    eventually(lambda: story.sites(firm) == (200, 0) and story.write(firm) == 404, limit=60)
    eventually(lambda: _fermeture(system) == 1, limit=60)

    _away(system, url, source=f"{url.database}_copy", target=str(url.database))
    assert (story.sites(firm), story.write(firm)) == ((200, 0), 404)
    mails = len(system.emails())
    said = system.command("announce", "delegation")
    assert "delegation: epoch 1" in said and "1 adherents, 2 delegations" in said
    assert "identity: epoch 1" in system.command("announce", "identity")
    eventually(lambda: story.sites(firm) == (200, 1) and story.write(firm) == 201, limit=60)
    assert _others(system, mails) == 0

    story.decide("closing")
    eventually(lambda: story.sites(firm) == (200, 0) and story.write(firm) == 404, limit=60)


def _away(system: Distributed, url: sa.URL, *, source: str, target: str) -> None:
    """delegation stops, one of its databases becomes what the other is, and it starts again."""
    system.stop("delegation")
    engine = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{target}" TEMPLATE "{source}"'))
    engine.dispose()
    system.start_api("delegation")
    system.start_worker("delegation")
    for name in ("delegation", "delegation worker"):
        process = system.processes[name]
        eventually(lambda p=process: p.status() not in (0, 503), limit=90, what=process.tail())


def _fermeture(system: Distributed) -> int:
    return len([mail for mail in system.emails() if "fermée" in str(mail["Subject"]) or "fin" in str(mail["Subject"])])


def _others(system: Distributed, before: int) -> int:
    """Mails since then, but for the messages to the caisse that this test sends itself."""
    return len([mail for mail in system.emails()[before:] if "Question" not in str(mail)])

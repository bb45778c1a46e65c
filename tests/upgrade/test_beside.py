"""The version before beside this one, with real traffic: forward, the way back, and forward again.

Real processes of both trees, as their compose files start them, on the same PostgreSQL and the same RabbitMQ; accounts,
roles and topology as each version's own files make them. Nothing may be lost, put aside, dead or sent twice.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.make_secrets import SERVICES
from tests.journeys.test_7_kill import STEPS
from tests.support.fixtures import postgres, rabbitmq  # noqa: F401  (fixtures)
from tests.support.ports import eventually
from tests.support.postgres import Postgres
from tests.support.rabbitmq import Rabbit
from tests.upgrade.beside import Beside
from tests.upgrade.releases import ROOT, archive, before
from tests.upgrade.stores import Stores
from tests.upgrade.traffic import Business
from tests.upgrade.version import Version, version_at

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.rabbitmq,
    pytest.mark.history,
    pytest.mark.faults,
    pytest.mark.timeout(900),
]
APIS = tuple(f"{name}-api" for name in SERVICES)
WORKERS = tuple(f"{name}-worker" for name in SERVICES)
ALL = (*APIS, *WORKERS, "gateway")
# Between these two halves goes every event: what one half relays the other hears.
ONE_HALF, OTHER_HALF = ("delegation-worker", "notification-worker"), ("identity-worker", "dsn-worker", "contact-worker")


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Version]:
    """The version before."""
    with version_at("old", archive(before().commit, tmp_path / "tree")) as version:
        yield version


@pytest.fixture
def new() -> Iterator[Version]:
    """What is here."""
    with version_at("new", ROOT) as version:
        yield version


@pytest.fixture
def system(tmp_path: Path, postgres: Postgres, rabbitmq: Rabbit) -> Iterator[Beside]:  # noqa: F811
    """Stores and addresses; nothing runs yet."""
    running = Beside(tmp_path, Stores(postgres, rabbitmq))
    yield running
    running.close()


def test_the_version_before_runs_beside_this_one_and_is_gone_back_to(
    system: Beside, old: Version, new: Version
) -> None:
    """An upgrade of a system that lives, its way back, and the upgrade again (docs/operations.md)."""
    system.prepare(old)
    system.migrate(old)
    system.start(old, *ALL)
    businesses = [_open(system)]

    system.prepare(new)
    migrated = system.migrate(new)
    assert system.unready() == []  # the version before, on the database of this one
    system.start(new, *ALL)
    businesses.append(_open(system, old, new))
    businesses += _events_both_ways(system, old, new)

    _leave(system, old, new)  # and the way back
    businesses += _back(system, old, migrated)

    system.migrate(new)
    system.start(new, *ALL)
    system.stop(old, *ALL)
    system.prepare(new, "--close-accounts")  # nobody goes back any more
    system.stop(new, *WORKERS)
    system.start(new, *WORKERS)
    businesses.append(_open(system, new))
    for business in businesses:
        business.end()
    _nothing_is_lost(system, businesses)


def _open(system: Beside, *versions: Version) -> Business:
    """A new company with its firm, its declarations, and its administrator before the pages of these versions."""
    business = Business(system)
    business.open()
    business.declare()
    if versions:
        business.browse(*versions)
    return business


def _events_both_ways(system: Beside, old: Version, new: Version) -> list[Business]:
    """What the version before relays only this one hears, and the other way; then all run again."""
    done = []
    for old_ones, new_ones in ((ONE_HALF, OTHER_HALF), (OTHER_HALF, ONE_HALF)):
        system.stop(old, *new_ones)
        system.stop(new, *old_ones)
        done.append(_open(system, new, old))
        system.start(old, *new_ones)
        system.start(new, *old_ones)
    return done


def _leave(system: Beside, old: Version, new: Version) -> None:
    """This version goes: what people reach first, and its workers once they have brought all of it on its way.

    Alone: while a worker of the version before takes from the same queue, it puts aside again what it does not know.
    """
    system.stop(new, *APIS, "gateway")
    system.stop(old, *WORKERS)
    _at_rest(system)
    system.stop(new, *WORKERS)
    system.start(old, *WORKERS)
    assert system.unready() == []


def _back(system: Beside, old: Version, migrated: dict[str, str]) -> list[Business]:
    """The version before alone on this one's databases: its migrate job ends well, it starts, it works."""
    for name, said in system.migrate(old).items():
        newest = before().heads[name]
        assert said.startswith(f"{name}: at {migrated[name].split()[-1]}")
        assert ("beyond" in said) == (f"at {newest}" not in migrated[name]), said
    system.stop(old, *ALL)
    system.start(old, *ALL)
    return [_open(system, old)]


def _at_rest(system: Beside) -> None:
    waiting = system.stores.waiting
    eventually(lambda: not waiting(), 150, every=0.5, what="all to be done", state=lambda: str(waiting()))


def _nothing_is_lost(system: Beside, businesses: list[Business]) -> None:
    _at_rest(system)
    for business in businesses:
        told = business.mails
        eventually(lambda told=told: len(told()) == len(STEPS), 60, what="mails", state=lambda told=told: str(told()))
        assert business.state() == {"Administrateur": "Actif", "Utilisateur": "Inactif"}
        assert set(told().values()) == {1}

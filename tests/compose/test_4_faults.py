"""Under load: broker restarted, database killed, all restarted one by one, workers added (FA4, FA7, FA23).

Each ends with its ledger: 0 lost, 0 doubled, 0 parked, and enough commands before, during and after the fault.
"""

import pytest

from tests.support.compose import SERVICES, Compose
from tests.support.compose_load import Load, balance
from tests.support.operations import covers

ENOUGH = 25


@pytest.fixture
def load(stack: Compose) -> Load:
    """Not started yet."""
    return Load(stack)


def test_rabbitmq_is_restarted_and_nothing_is_refused(stack: Compose, load: Load) -> None:
    with load.running():
        load.done(ENOUGH)
        stack.run("restart", "rabbitmq")
        load.ledger.kills += 1
        load.done(ENOUGH)  # it may still be starting: commands do not wait for it
        stack.up("rabbitmq")
        load.done(ENOUGH)
    balance(stack, load.ledger)
    load.ledger.enough(kills=1, operations=3 * ENOUGH)


def test_postgresql_is_killed_and_comes_back(stack: Compose, load: Load) -> None:
    with load.running():
        load.done(ENOUGH)
        stack.kill9("postgres")
        stack.up("postgres")
        load.ledger.kills += 1
        load.done(2 * ENOUGH)
    balance(stack, load.ledger)
    load.ledger.enough(kills=1, operations=3 * ENOUGH)


def test_every_process_is_restarted_one_after_the_other(stack: Compose, load: Load) -> None:
    ours = [f"{service}-{role}" for service in SERVICES for role in ("api", "worker")] + ["gateway", "edge"]
    with load.running():
        load.done(ENOUGH)
        for service in ours:
            stack.run("restart", service)
            load.ledger.kills += 1
        load.done(ENOUGH)
    stack.up()
    balance(stack, load.ledger)
    load.ledger.enough(kills=len(ours), operations=2 * ENOUGH)


@covers("docker compose up --wait --no-recreate --scale delegation-api=3 --scale delegation-worker=2")
def test_workers_and_apis_are_added_and_one_is_killed(stack: Compose, load: Load) -> None:
    scale = ["--scale", "delegation-api=3", "--scale", "delegation-worker=2", "--scale", "identity-worker=2"]
    with load.running():
        load.done(ENOUGH)
        stack.run("up", "--no-build", "--detach", "--wait", "--no-recreate", *scale)
        load.done(ENOUGH)
        stack.run("kill", "--signal", "SIGKILL", "identity-worker")
        load.ledger.kills += 2
        load.done(ENOUGH)
        stack.run("up", "--no-build", "--detach", "--wait", "--no-recreate")
    balance(stack, load.ledger)
    load.ledger.enough(kills=2, operations=3 * ENOUGH)

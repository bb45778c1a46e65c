"""The commands of « Upgrade and way back » on the stack, under load: nothing is lost, nothing doubled.

It is one version that goes and comes here; two versions side by side are in tests/upgrade, as processes.
"""

from scripts.make_secrets import main as make_secrets
from tests.support.compose import SERVICES, Compose
from tests.support.compose_load import Load, balance
from tests.support.ports import eventually

PEOPLE = ("gateway", *(f"{service}-api" for service in SERVICES))
WORKERS = tuple(f"{service}-worker" for service in SERVICES)


def _broker_again(stack: Compose, *words: str) -> None:
    """`make secrets`, and the broker that runs is given what it wrote."""
    assert make_secrets(["--into", str(stack.secrets), *words]) == 0
    definitions = (stack.secrets / "rabbitmq_definitions.json").read_bytes()
    stack.execute("rabbitmq", "rabbitmqctl", "import_definitions", stdin=definitions)


def test_the_steps_of_an_upgrade_lose_nothing(stack: Compose) -> None:
    load = Load(stack)
    with load.running():
        load.done(25)
        _broker_again(stack)
        stack.execute("postgres", "bash", "/opt/espace/databases.sh")
        stack.run("up", "--no-build", "--detach", "--no-deps", "--force-recreate", *PEOPLE, *WORKERS)
        stack.up()
        load.done(25)
        _broker_again(stack, "--close-accounts")
        load.done(25)
    stack.up()
    balance(stack, load.ledger)


def test_the_steps_of_the_way_back_leave_nothing_behind(stack: Compose) -> None:
    load = Load(stack)
    with load.running():
        load.done(25)
    stack.run("stop", *PEOPLE)
    eventually(lambda: not stack.waiting(), 240, every=1, what="the system did not come to rest")
    stack.run("stop", *WORKERS)
    assert not any(stack.queues().values())
    stack.up()
    more = Load(stack)
    with more.running():
        more.done(10)
    balance(stack, more.ledger)
    balance(stack, load.ledger)

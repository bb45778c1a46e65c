"""The commands of « Upgrade and way back » on the stack, under load: nothing is lost, nothing doubled.

It is one version that goes and comes here; two versions side by side are in tests/upgrade, as processes.
"""

from scripts.make_secrets import main as make_secrets
from tests.support.compose import SERVICES, Compose
from tests.support.compose_load import Load, balance
from tests.support.operations import covers
from tests.support.ports import eventually

EVERYBODY = ("gateway", *(f"{service}-{role}" for service in SERVICES for role in ("api", "worker")))
QUEUES = "docker compose exec rabbitmq rabbitmqctl list_queues name messages"
ARGUMENTS = "docker compose exec rabbitmq rabbitmqctl list_queues name type arguments"
STOP_FIRST = "docker compose stop gateway identity-api delegation-api notification-api dsn-api contact-api"
STOP_LAST = "docker compose stop identity-worker delegation-worker notification-worker dsn-worker contact-worker"


def _broker_again(stack: Compose, *words: str) -> None:
    """`make secrets`, and the broker that runs is given what it wrote."""
    assert make_secrets(["--into", str(stack.secrets), *words]) == 0
    stack.shell("scripts/import_definitions.sh")


@covers("make secrets ACCOUNTS=close")
def test_the_steps_of_an_upgrade_lose_nothing(stack: Compose) -> None:
    load = Load(stack)
    with load.running():
        load.done(25)
        _broker_again(stack)
        stack.shell("docker compose exec postgres bash /opt/espace/databases.sh")
        stack.run("up", "--no-build", "--detach", "--no-deps", "--force-recreate", *EVERYBODY)
        stack.shell("docker compose up --wait")
        load.done(25)
        stack.shell(STOP_LAST)  # no relay runs while the lanes are bound, one queue after the other
        _broker_again(stack, "--close-accounts")
        stack.shell("docker compose up --wait")
        load.done(25)
    balance(stack, load.ledger)
    assert "quorum" in stack.shell(ARGUMENTS).stdout


def test_the_steps_of_the_way_back_leave_nothing_behind(stack: Compose) -> None:
    load = Load(stack)
    with load.running():
        load.done(25)
    stack.shell(STOP_FIRST)
    eventually(lambda: not stack.waiting(), 240, every=1, what="the system did not come to rest")
    assert "delegation" in stack.shell(QUEUES).stdout
    stack.shell(STOP_LAST)
    assert not any(stack.queues().values())
    stack.shell("docker compose up --wait")
    more = Load(stack)
    with more.running():
        more.done(10)
    balance(stack, more.ledger)
    balance(stack, load.ledger)

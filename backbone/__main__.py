"""One service's processes: `python -m backbone PROCESS SERVICE`, named by entrypoint.sh.

api · worker · migrate · health · parked · replay · outbox · dead · ask · announce · verify · reconcile · config. The
service is found by name: backbone imports none.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import click

from backbone.bus import BusAway, Topology, make_bus
from backbone.events.lanes import Lane
from backbone.messaging import announcing, inbox, outbox
from backbone.messaging import dead as dead_letters
from backbone.serving import ending, logs, management
from backbone.serving.worker import Worker, has_own_account, listening_of
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store import migrations

CLOSING_SECONDS = 15.0  # that a worker has to hang up, beyond those to finish what is in hand
BUS_SECONDS = 30.0  # that a migration waits for a broker


def load(name: str) -> Service:
    """The service `name`, built from the environment. SettingsError when the settings cannot be used."""
    module = importlib.import_module(f"services.{name}.app")
    settings = module.Settings.load()
    logs.configure(name, settings.log_level)
    service: Service = module.build(settings)
    return service


@click.group()
def main() -> None:
    """Run one process of one service."""


@main.command()
@click.argument("name")
def worker(name: str) -> None:
    """Consume, relay, retry and run jobs until SIGTERM; exit 0 when all was finished."""
    ending.hold_stops()
    service = load(name)
    bus = make_bus(service.settings.broker_url, name, Topology.of(service.registry))
    running = Worker(service, bus)
    manage = management.Management(service, bus.reachable, running.alive, bus.depths, bus.lacks)
    management.serve(manage, service.settings.management_port)
    running.start()
    ending.until_told()
    manage.stopping.set()
    ending.at_the_latest(service.settings.drain_seconds + CLOSING_SECONDS)
    clean = running.stop()
    bus.close()
    ending.leave(clean)


@main.command()
@click.argument("name")
def migrate(name: str) -> None:
    """Bring the service's database to the newest version, and the bus where no definitions do that."""
    service = load(name)
    migrations.migrate(service.engine, service.migrations)
    at, newest = migrations.current(service.engine), migrations.head(service.migrations)
    click.echo(f"{name}: at {at}" + ("" if at == newest else f", beyond {newest}, the newest this version has"))
    if not has_own_account(service):  # else the broker's definitions say what stands, and the account may not
        bus = make_bus(service.settings.broker_url, name, Topology.of(service.registry))
        try:
            bus.declare(timeout=BUS_SECONDS)
        except BusAway as error:
            raise click.ClickException(f"the database is ready, the topology of the bus is not: {error}") from error


@main.command()
@click.argument("name")
def health(name: str) -> None:
    """Exit 0 when this container's process is ready."""
    port = os.environ.get("ESPACE_MANAGEMENT_PORT", "9000")
    with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=3) as answer:
        click.echo(answer.read().decode())


@main.command()
@click.argument("name")
@click.option("--type", "type_", help="Only events of this type.")
@click.option("--id", "id_", type=UUID, help="Only this event.")
def parked(name: str, type_: str | None, id_: UUID | None) -> None:
    """List the parked events, one JSON line each."""
    service = load(name)
    with service.unit() as uow:
        for row in inbox.parked(uow.connection, type=type_, id=id_):
            click.echo(json.dumps(dict(row._mapping), default=str))


@main.command()
@click.argument("name")
@click.option("--type", "type_", help="Only events of this type.")
@click.option("--id", "id_", type=UUID, help="Only this event.")
@click.option("--dry-run", is_flag=True, help="Say how many, change nothing.")
@click.option("--force", is_flag=True, help="However old they are: you know that they were never applied.")
def replay(name: str, type_: str | None, id_: UUID | None, dry_run: bool, force: bool) -> None:
    """Make parked events due again; twice is harmless."""
    service = load(name)
    with service.unit() as uow:
        count = inbox.replay(uow.connection, uow.now, type=type_, id=id_, force=force)
        if not dry_run:
            uow.wake(inbox.WAKE)
            uow.commit()
    click.echo(f"{count} {'would be replayed' if dry_run else 'to replay'}")


@main.command("outbox")
@click.argument("name")
@click.argument("act", type=click.Choice(["parked", "replay"]))
@click.option("--id", "id_", type=UUID, help="Only this event.")
def outbox_(name: str, act: str, id_: UUID | None) -> None:
    """List the events that the bus refused, one JSON line each, or give them to the relay again."""
    with load(name).unit() as uow:
        if act == "parked":
            for row in outbox.parked(uow.connection, id=id_):
                click.echo(json.dumps(dict(row._mapping), default=str))
            return
        count = outbox.replay(uow.connection, id=id_)
        for lane in Lane:
            uow.wake(outbox.wake_of(lane))
        uow.commit()
    click.echo(f"{count} to replay")


@main.command()
@click.argument("name")
@click.argument("act", type=click.Choice(["list", "replay"]))
def dead(name: str, act: str) -> None:
    """Say what the broker gave up on, one JSON line each, or bring all of it back through the inbox."""
    service = load(name)
    bus = make_bus(service.settings.broker_url, name, Topology.of(service.registry))
    try:
        if act == "list":
            for one in dead_letters.look(bus):
                click.echo(json.dumps(one, default=str))
        else:
            click.echo(f"{dead_letters.replay(bus, listening_of(service), service.unit)} to replay")
    finally:
        bus.close()


@main.command()
@click.argument("name")
@click.argument("words", nargs=-1, required=True)
def ask(name: str, words: tuple[str, ...]) -> None:
    """Ask what this service alone can be asked; the lines it says, one JSON line each."""
    service = load(name)
    asked = service.commands.get(" ".join(words))
    if asked is None:
        known = ", ".join(sorted(service.commands)) or "nothing"
        raise click.UsageError(f"{name} can be asked {known}")
    for line in service.wiring.bind(asked)():
        click.echo(json.dumps(line, default=str))


@main.command()
@click.argument("name")
def announce(name: str) -> None:
    """After a restore: say everything again in a new epoch. It may be cut short and run again, while all goes on."""
    service = load(name)
    epoch, said = announcing.announce(service.unit, service.announces)
    told = ", ".join(f"{count} {kind}" for kind, count in said.items()) or "nothing that others keep"
    click.echo(f"{name}: epoch {epoch}: {told}")


@main.command()
@click.argument("name")
def verify(name: str) -> None:
    """Whether what the service may never change says what it said; what does not, one a line, and exit 1."""
    service = load(name)
    if service.verifies is None:
        click.echo(f"{name}: nothing to verify")
        return
    with service.unit() as uow:
        verdict = service.verifies(uow.connection, uow.now)
    for fault in verdict.faults:
        click.echo(fault)
    click.echo(f"{name}: {verdict.said}: {len(verdict.faults) or 'no'} fault{'s' if len(verdict.faults) > 1 else ''}")
    sys.exit(1 if verdict.faults else 0)


@main.command()
@click.argument("name")
@click.option("--repair", is_flag=True, help="Write what differs; without it, only say it.")
def reconcile(name: str, repair: bool) -> None:
    """Compare what the service holds of another's with what that one says, read from the standard input; what
    differs, one JSON line each, last how many. Exit 1 if something differs and stays, or what was read is not whole."""
    service = load(name)
    if service.reconciles is None:
        raise click.UsageError(f"{name} holds nothing that is compared")
    compare, last = service.wiring.bind(service.reconciles, given=("repair",)), dict[str, Any]()
    try:
        for line in compare(sys.stdin, repair=repair):
            click.echo(json.dumps(line, default=str))
            last = dict(line)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    sys.exit(1 if last["differences"] and not repair else 0)


@main.command()
@click.argument("name")
def config(name: str) -> None:
    """Print the settings in force, secrets masked."""
    click.echo(json.dumps(load(name).settings.effective(), indent=2, ensure_ascii=False))


def run(command: Callable[[], Any]) -> None:
    """Run `command`; settings that cannot be used are one sentence and exit status 2."""
    try:
        command()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    run(main)

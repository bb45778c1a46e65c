"""`make shell`: Python with the five services of the embedded system, on its databases. It may run at the same time.

With SERVICE=… that one alone, from the settings of the environment (ESPACE_…), as its own processes are.
"""

import code
import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from backbone.clock import Clock
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store.engines import read_only
from contracts import REGISTRY
from contracts.words.services import SERVICES as NAMES

BANNER = """Espace sécurisé entreprise: {where}

  services["delegation"]   a service as its processes have it: .engine .unit() .ports .listens .jobs .settings
  query("delegation", "SELECT … WHERE x = :x", x=1)    its rows, for reading
  registry                 the events: registry.cards["delegation.confirmed.v1"].example
  clock.now()              the time as the services have it

Nothing is changed unless you do:  with services["contact"].unit() as uow: …; uow.commit()"""


class Unusable(Exception):
    """There is nothing to open here; the message is the sentence to print."""


class Query:
    """Asks a service's database, and cannot change it."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        self._services = services

    def __call__(self, service: str, sql: str, **values: Any) -> list[Mapping[str, Any]]:
        """The rows of `sql` by column name, all of them."""
        engine = self._services[service].engine
        reading = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET TRANSACTION READ ONLY"}
        with read_only(engine).connect() as connection, connection.begin():
            connection.exec_driver_sql(reading[engine.dialect.name])
            try:
                return [dict(row) for row in connection.execute(sa.text(sql), values).mappings()]
            finally:
                if engine.dialect.name == "sqlite":
                    connection.exec_driver_sql("PRAGMA query_only = OFF")


def of_folder(folder: Path) -> dict[str, Service]:
    """The five services of the embedded system in `folder`. Unusable when none was ever started there."""
    from embedded.folder import Folder
    from embedded.settings import service_settings
    from embedded.system import SERVICES

    if not (folder / "secrets").is_dir():
        raise Unusable(f"no system was ever started in {folder}: make run, then make shell beside it.")
    settings = service_settings(Folder(folder), "http://127.0.0.1:8080")
    return {name: module.build(settings[name]) for name, module in SERVICES.items()}


def of_settings(name: str) -> dict[str, Service]:
    """The service `name`, from the environment. SettingsError when that does not do."""
    module = importlib.import_module(f"services.{name}.app")
    return {name: module.build(module.Settings.load())}


def held(services: Mapping[str, Service]) -> dict[str, Any]:
    """What the shell has: `services`, `query`, `registry`, `clock`."""
    clock: Clock = next(iter(services.values())).clock
    return {"services": dict(services), "query": Query(services), "registry": REGISTRY, "clock": clock}


@click.command()
@click.option(
    "--folder", default="var", type=click.Path(path_type=Path), show_default=True, help="Of the embedded one."
)
@click.option("--service", default="", help="One service, from the settings of the environment.")
def main(folder: Path, service: str) -> None:
    """Open the shell; statements may also come from a pipe."""
    try:
        if service and service not in NAMES:
            raise Unusable(f"SERVICE={service} is none of {', '.join(NAMES)}.")
        services = of_settings(service) if service else of_folder(folder.absolute())
    except (Unusable, SettingsError) as error:
        click.echo(f"make shell: {error}", err=True)
        sys.exit(2)
    if sys.stdin.isatty():
        import readline
        import rlcompleter

        readline.set_completer(rlcompleter.Completer(held(services)).complete)
        readline.parse_and_bind("tab: complete")
    where = "the settings of the environment" if service else str(folder.absolute())
    code.interact(banner=BANNER.format(where=where), local=held(services), exitmsg="")
    for one in services.values():
        one.engine.dispose()


if __name__ == "__main__":
    main()

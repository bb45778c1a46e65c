"""What a version says of itself, as JSON: run inside that version's folder, with its code alone.

`tables`: the columns that its code reads and writes, by service and table. `events`: an example of each of its cards.
"""

import importlib
import json
import sys
from importlib.util import find_spec
from typing import Any

from sqlalchemy import MetaData

from contracts import REGISTRY

SERVICES = ("identity", "delegation", "notification", "dsn", "contact")


def tables(service: str) -> dict[str, list[str]]:
    """{table: its columns} that the code of `service` names, the backbone's own included."""
    importlib.import_module(f"services.{service}.app")
    ours = [module for name, module in sys.modules.items() if name.startswith(f"services.{service}.")]
    found = {id(one): one for module in ours for one in vars(module).values() if isinstance(one, MetaData)}
    module_of("tables", "store.tables").tables(backbones := MetaData())
    every = [table for metadata in (backbones, *found.values()) for table in metadata.tables.values()]
    return {table.name: [column.name for column in table.columns] for table in every}


def module_of(*names: str) -> Any:
    """The first of these modules that this version has, the oldest name first: they moved into wings."""
    return importlib.import_module(next(f"backbone.{name}" for name in names if find_spec(f"backbone.{name}")))


def main() -> None:
    """Write it all."""
    events: dict[str, Any] = {card.type: card.example for card in REGISTRY.cards.values()}
    json.dump({"tables": {name: tables(name) for name in SERVICES}, "events": events}, sys.stdout)


if __name__ == "__main__":
    main()

"""Make the databases of a version, empty, by its own migrations: run inside that version's folder, with its code alone.

Its input is JSON: {service: address of an empty database}.
"""

import importlib
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def module_of(*names: str) -> Any:
    """The first of these modules that this version has, the oldest name first: they moved into wings."""
    return importlib.import_module(next(f"backbone.{name}" for name in names if find_spec(f"backbone.{name}")))


def main() -> None:
    """Migrate each."""
    for service, url in json.load(sys.stdin).items():
        engine = module_of("engines", "store.engines").make_engine(url)
        module_of("migrations", "store.migrations").migrate(engine, Path("services") / service / "migrations")
        engine.dispose()


if __name__ == "__main__":
    main()

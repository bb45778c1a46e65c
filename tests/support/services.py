"""The five services as they are in the tree, built for real on SQLite: what house and contract tests go through."""

import importlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from backbone.clock import FixedClock
from backbone.testing import ServiceUnderTest
from contracts.words.services import SERVICES as EXPECTED

__all__ = ["EXPECTED", "build", "module", "present"]
ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def present() -> list[str]:
    """The services that have a composition root, in the order of the README."""
    return [name for name in EXPECTED if (ROOT / "services" / name / "app.py").exists()]


def build(name: str, folder: Path) -> ServiceUnderTest:
    """The service `name`, migrated and served, with the settings the embedded system gives; its files in `folder`."""
    from embedded import keys
    from embedded.folder import Folder
    from embedded.settings import service_settings

    place = Folder(folder / "var")
    place.take()
    keys.ensure(place)
    settings = service_settings(place, "https://espace.example.com")[name]
    place.release()
    return ServiceUnderTest(module(name, "app").build, settings, clock=FixedClock(NOW))


@cache
def module(service: str, name: str) -> Any:
    """The module `name` of `service`."""
    return importlib.import_module(f"services.{service}.{name}")

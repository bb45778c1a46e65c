"""One screen is one file of `gateway/pages/`, named after its blueprint: who looks for a page finds it by its name."""

import importlib

from gateway.pages import BLUEPRINTS
from tests.house.sources import ROOT

FOLDER = ROOT / "gateway" / "pages"


def test_a_screen_is_one_file() -> None:
    folders = [path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert not folders, f"gateway/pages/{folders}: a screen is one file; what two share is in gateway/kit/."


def test_a_screen_is_named_after_its_blueprint_and_is_served() -> None:
    for path in sorted(FOLDER.glob("[!_]*.py")):
        blueprint = importlib.import_module(f"gateway.pages.{path.stem}").blp
        assert blueprint.name == path.stem, f"{path.name}: its blueprint is called {blueprint.name}."
        assert blueprint in BLUEPRINTS, f"{path.name}: add its blueprint to gateway/pages/__init__.py."

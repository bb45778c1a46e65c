"""Every setting is documented where it is declared, and the page of settings is up to date."""

import importlib
import runpy
from dataclasses import fields
from typing import Any

import pytest

from tests.house.sources import ROOT
from tests.support.services import present

SETTINGS = runpy.run_path(str(ROOT / "scripts" / "settings_page.py"))
READERS = [*(f"services.{name}" for name in present()), "gateway"]


def test_the_page_of_settings_is_what_the_code_says() -> None:
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == SETTINGS["page"](), "docs/settings.md is not up to date: make docs, and commit it."


@pytest.mark.parametrize("reader", READERS)
def test_a_setting_says_in_a_sentence_what_it_is(reader: str) -> None:
    settings: Any = importlib.import_module(f"{reader}.settings").Settings
    for item in fields(settings):
        doc = item.metadata.get("doc", "")
        assert doc.endswith("."), f"{reader} {item.name}: declare it with setting('A sentence.')."


@pytest.mark.parametrize("reader", READERS)
def test_what_is_named_like_a_secret_is_declared_one(reader: str) -> None:
    settings: Any = importlib.import_module(f"{reader}.settings").Settings
    for item in fields(settings):
        looks = any(word in item.name for word in ("private", "secret", "password", "signing"))
        assert not looks or item.metadata.get("secret"), f"{reader} {item.name}: setting(…, secret=True)."


def test_only_settings_read_the_environment() -> None:
    from tests.house.sources import PRODUCT, imports, python

    allowed = {"backbone/shape/config.py", "backbone/__main__.py", "embedded/__main__.py", "backbone/gunicorn_conf.py"}
    for path in python(*PRODUCT):
        reads = {"os.environ", "os.getenv"} & imports(path) or "os.environ" in (ROOT / path).read_text()
        assert not reads or str(path) in allowed, f"{path}: declare a setting instead of reading the environment."

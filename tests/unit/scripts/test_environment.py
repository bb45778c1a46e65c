"""The environment is made once, filled when a lock changes, and says in a sentence why it cannot be."""

import importlib.util
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).parents[3] / "scripts" / "environment.py"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, on a folder of its own with one lock; its environment is there already."""
    spec = importlib.util.spec_from_file_location("environment", SOURCE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "HOME", tmp_path / ".venv")
    monkeypatch.setattr(module, "working", lambda _: True)
    (tmp_path / ".venv").mkdir()
    (tmp_path / "a.txt").write_text("x==1")
    return module


@pytest.fixture
def installed(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The locks that were installed."""
    done: list[str] = []
    monkeypatch.setattr(script, "install", lambda lock: done.append(lock.name))
    return done


def test_a_lock_is_installed_once(script: ModuleType, installed: list[str]) -> None:
    for _ in range(2):
        script.main(["a.txt"])
    assert installed == ["a.txt"]


def test_a_lock_that_changed_is_installed_again(script: ModuleType, installed: list[str]) -> None:
    script.main(["a.txt"])
    (script.ROOT / "a.txt").write_text("x==2")
    script.main(["a.txt"])
    assert installed == ["a.txt", "a.txt"]


def test_a_failed_installation_is_tried_again(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Path) -> None:
        raise script.Unusable("no network")

    monkeypatch.setattr(script, "install", fails)
    with pytest.raises(script.Unusable):
        script.main(["a.txt"])
    assert not list(script.HOME.glob("installed-*"))


@pytest.mark.parametrize(("version", "good"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)])
def test_python_3_11_to_3_13(
    script: ModuleType, installed: list[str], version: tuple[int, int], good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.sys, "version_info", version)
    refused = pytest.raises(script.Unusable, match=r"Python 3\.11 to 3\.13 is needed")
    with nullcontext() if good else refused:
        script.main([])

"""The Makefile explains itself and holds no logic; scripts stop at the first error; locks are small and complete."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from contracts.words.services import SERVICES
from tests.house.sources import ROOT, committed, python, tree

LOCKS = ROOT / "requirements"
OURS = {"backbone", "contracts", "services", "gateway", "embedded", "tools", "scripts", "tests", "benchmarks"}
MOST = {"gateway": 48}  # fpdf2 and what it needs (docs/decisions/0061)
MOST_OF_OTHERS = 45


def locked(name: str) -> set[str]:
    """The distributions of a lock."""
    return set(re.findall(r"^([a-z0-9-]+)==", (LOCKS / f"{name}.txt").read_text(), re.MULTILINE))


@cache
def distributions() -> dict[str, list[str]]:
    """The distribution of each top package that is installed."""
    return dict(packages_distributions())


def needed(paths: tuple[Path, ...]) -> set[str]:
    """The distributions that files import, wherever they do."""
    known = distributions()
    tops = set()
    for path in paths:
        for node in ast.walk(tree(path)):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            tops |= {name.split(".")[0] for name in names}
    foreign = tops - OURS - set(sys.stdlib_module_names)
    return {known[top][0].lower().replace("_", "-").replace(".", "-") for top in foreign if top in known}


def test_every_target_says_what_it_does_and_is_at_most_three_lines() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", "")
    targets = re.findall(r"^([a-z-]+):(.*)\n((?:\t.*\n)*)", text, re.MULTILINE)
    assert {"run", "dev", "shell", "sql", "new", "test", "test-fast", "lint", "lock", "help"} <= {
        name for name, _, _ in targets
    }
    for name, rest, recipe in targets:
        assert "## " in rest, f"make {name}: say after ## what it does; make help prints it."
        assert recipe.count("\n") <= 3, f"make {name}: more than three lines belong in scripts/."


def test_a_shell_script_stops_at_the_first_error() -> None:
    for path in committed():
        if path.suffix == ".sh" or path == Path(".ci/run"):
            text = (ROOT / path).read_text()
            assert re.search(r"^set -e", text, re.MULTILINE), f"{path}: set -euo pipefail (set -eu in sh)."
            shell = "bash" if "bash" in text.split("\n", 1)[0] else "sh"
            assert subprocess.run([shell, "-n", ROOT / path]).returncode == 0, f"{path} is not {shell}."


@pytest.mark.parametrize("service", [*SERVICES, "gateway"])
def test_a_service_needs_few_distributions(service: str) -> None:
    count = len(locked(service))
    most = MOST.get(service, MOST_OF_OTHERS)
    assert count <= most, f"requirements/{service}.txt has {count}: one library less, or a decision in docs/decisions/."


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_imports_is_in_its_lock(service: str) -> None:
    own = tuple(path for path in python("services") if path.parts[1] == service)
    shared = tuple(p for p in python("backbone", "contracts") if "testing" not in p.parts and p.stem != "embedded")
    lacking = needed((*own, *shared)) - locked(service)
    assert not lacking, f"requirements/{service}.in does not name {sorted(lacking)}: add it, then make lock."


def test_what_gateway_embedded_and_tests_import_is_in_their_locks() -> None:
    for lock, folders in {
        "gateway": ["gateway"],
        "embedded": ["embedded"],
        "dev": ["tests", "tools", "scripts"],
    }.items():
        lacking = needed(python(*folders)) - locked(lock)
        assert not lacking, f"requirements/{lock}.in does not name {sorted(lacking)}: add it, then make lock."


def test_what_is_tested_is_what_runs() -> None:
    versions = {
        name: dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (LOCKS / f"{name}.txt").read_text(), re.MULTILINE))
        for name in (*SERVICES, "gateway", "embedded", "dev")
    }
    for name, lock in versions.items():
        other = {one for one, version in lock.items() if versions["dev"].get(one) != version}
        assert not other, f"requirements/{name}.txt has other versions of {sorted(other)} than dev.txt: make lock."


def test_a_lock_names_no_place_of_a_machine() -> None:
    for path in LOCKS.iterdir():
        assert not re.search(r"://|file:|@ |/(home|root|opt|tmp|work)/", path.read_text()), f"{path.name}: make lock."


def test_what_make_run_and_make_import_start_needs_nothing_beyond_their_lock() -> None:
    missing = needed(python("embedded", "tools")) - locked("embedded")
    assert not missing, f"{', '.join(sorted(missing))}: name it in requirements/embedded.in, then make lock."


@pytest.mark.parametrize("target", ["run", "dev"])
def test_what_serves_takes_the_place_of_its_shell(target: str) -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (recipe,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)*)", text, re.MULTILINE)
    last = recipe.splitlines()[-1]
    assert " exec " in last, f"make {target}: a shell that is killed leaves its server on the port; exec it."

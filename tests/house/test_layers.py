"""Imports go down, never up or across. The contracts are in pyproject.toml; this shows that they bite."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.sources import PRODUCT, ROOT, imports, python, tree

CURE = "Imports go down only: see [tool.importlinter] in pyproject.toml.\n"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the packages in `folder`."""
    words = [str(Path(sys.executable).parent / "lint-imports"), "--config", "pyproject.toml", "--no-cache"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)


def test_imports_go_down_only() -> None:
    asked = lint(ROOT)
    assert asked.returncode == 0, CURE + asked.stdout


PURE = ("backbone.errors.", "backbone.rights.grants.", "backbone.strict_json.", "contracts.rules.", "contracts.words.")
SPOILED = {
    "services/identity/app.py": "import services.delegation.domain.rights",
    "services/identity/domain/account.py": "import services.identity.storage",
    "services/delegation/domain/rights.py": "import sqlalchemy",
    "services/delegation/use_cases/__init__.py": "import flask",
    "gateway/kit/session.py": "import services.identity.settings",
    "gateway/clients/dsn.py": "import gateway.kit.forms",
    "backbone/messaging/relay.py": "import pika",
    "backbone/store/epochs.py": "import backbone.messaging.outbox",
    "contracts/rules/headers.py": "import marshmallow",
    "contracts/words/kinds.py": "import contracts.rules.names",
}


def test_each_contract_is_red_when_it_is_broken(tmp_path: Path) -> None:
    for name in PRODUCT:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert lint(tmp_path).returncode == 0, "the copy is not green to begin with"
    for file, line in SPOILED.items():
        with (tmp_path / file).open("a") as source:
            source.write(f"\n{line}\n")
    asked = lint(tmp_path)
    assert asked.returncode == 1 and f"Contracts: 0 kept, {len(SPOILED)} broken" in asked.stdout, asked.stdout


def test_a_domain_imports_the_standard_library_its_own_files_and_what_is_pure() -> None:
    for path in python("services"):
        if path.parts[2:3] != ("domain",):
            continue
        own = ".".join(path.parts[:3])
        allowed = {*sys.stdlib_module_names}
        wrong = {
            name
            for name in imports(path)
            if name.split(".")[0] not in allowed and not name.startswith((f"{own}.", *PURE))
        }
        assert not wrong, f"{path} imports {wrong}: a rule is pure, give it what it needs as arguments."


def test_the_product_imports_no_test_and_no_tool_but_the_demo() -> None:
    for path in python(*PRODUCT):
        wrong = {name for name in imports(path) if name.split(".")[0] in ("tests", "benchmarks", "scripts")}
        assert not wrong, f"{path} imports {wrong}: what runs must not need what only develops."
        tools = {name for name in imports(path) if name.startswith("tools.")}
        assert not tools or path.parts[0] == "embedded", f"{path} imports {tools}: only the demo of embedded may."


def test_no_table_is_made_on_first_use() -> None:
    """Two threads that come first would make two: tables are made at import (`backbone.store.tables.APART`)."""
    for path in python("backbone", "contracts", "services"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.returns and "Table" in ast.unparse(node.returns).split("."):
                cached = [one for one in node.decorator_list if "cache" in ast.unparse(one)]
                assert not cached, f"{path}:{node.lineno} {node.name} makes a table when it is first called."


BY_NAME = ("import_module", "__import__", "find_loader", "load_module", "exec_module", "run_module")
LOADERS = {"backbone/__main__.py": "a service, by the name that its process was started with"}


def called(node: ast.AST) -> str:
    """The last name of what a call calls."""
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "id", getattr(function, "attr", ""))


def test_nothing_is_imported_by_a_name_that_import_linter_cannot_see() -> None:
    for path in python(*PRODUCT):
        found = [node.lineno for node in ast.walk(tree(path)) if called(node) in BY_NAME and isinstance(node, ast.Call)]
        assert not found or str(path) in LOADERS, f"{path}:{found}: import it, or be given it; LOADERS says who may."


def test_the_backbone_knows_no_program_of_ours_by_its_name() -> None:
    above = ("gateway", "embedded.", "services.identity", "services.delegation", "services.dsn")
    for path in python("backbone"):
        words = [one.value for one in ast.walk(tree(path)) if isinstance(one, ast.Constant)]
        named = [word for word in words if isinstance(word, str) and word.split(":")[0].startswith(above)]
        assert not named, f"{path}: {named}: what stands on the backbone says so itself."

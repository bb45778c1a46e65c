"""What is written where: docstrings, no leftovers, no address of this machine or of a registry, no print."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import PRODUCT, python, texts, tree

LEFTOVER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "HA" + "CK", "W" + "IP")) + r")\b")
REGISTRIES = (
    "pypi" + ".org",
    "files.python" + "hosted",
    "registry.npm" + "js",
    "docker" + ".io/",
    "ghcr" + ".io",
    "quay" + ".io",
)
MACHINE = (
    "/work" + "/main",
    "/work" + "/shared",
    "/tmp/" + "brief",
    "/opt/" + "pypi",
    "/opt/" + "wheels",
)
SHARED = "../" + "shared"
NOUNS = re.compile(
    r"adherent|adhérent|caisse|cabinet|college|collège|siret|siren|salarie|délégation|delegataire|fondateur|mobile",
    re.IGNORECASE,
)
LINES_OF_A_DOCSTRING = 6


def test_each_module_opens_by_saying_what_it_is_for() -> None:
    for path in python(*PRODUCT, "tests", "tools", "scripts"):
        said = ast.get_docstring(tree(path)) or ""
        empty = not tree(path).body and path.name == "__init__.py"
        assert said or empty, f"{path} has no docstring: say in a line or two what it is for."
        assert said.count("\n") < LINES_OF_A_DOCSTRING * 2, f"{path}: a docstring that long belongs to a README."


def test_what_others_call_in_backbone_and_contracts_is_documented() -> None:
    for path in python("backbone", "contracts"):
        for one in public(tree(path)):
            assert ast.get_docstring(one), f"{path}:{one.lineno} {one.name}: say what goes in, out, and raises."


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The classes and functions of a module, and the methods of its classes, that have no underscore."""
    for one in node.body:
        if isinstance(one, (ast.FunctionDef, ast.ClassDef)) and not one.name.startswith("_"):
            yield one
            if isinstance(one, ast.ClassDef):
                yield from public(one)


def test_nothing_is_left_for_later() -> None:
    for path, text in texts():
        found = LEFTOVER.search(text)
        if (
            path.suffix in (".py", ".md", ".html", ".sh", ".toml", ".yml", ".yaml", ".css", ".js")
            and "vendor" not in path.parts
        ):
            assert not found, f"{path}: {found and found.group()}: do it, or open an issue."


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE], ids=["registries", "this machine"])
def test_no_file_names(words: tuple[str, ...]) -> None:
    for path, text in texts():
        found = [word for word in words if word in text]
        assert not found, f"{path} names {found}: a clone on another machine must work the same."


def test_locks_hold_no_address() -> None:
    for path, text in texts():
        if path.parts[0] == "requirements":
            assert "://" not in text, f"{path} names a host: write it with make lock."


def test_only_ci_looks_beside_the_repository() -> None:
    for path, text in texts():
        assert SHARED not in text or path.parts[0] == ".ci", f"{path} looks outside of the repository."


def test_what_runs_speaks_by_logs_not_by_print() -> None:
    for path in python(*PRODUCT):
        calls = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
        assert not any(isinstance(one, ast.Name) and one.id == "print" for one in calls), f"{path}: use logging."


def test_backbone_knows_no_noun_of_the_domain() -> None:
    for path in python("backbone"):
        names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
        names |= {node.arg for node in ast.walk(tree(path)) if isinstance(node, ast.arg)}
        names |= {node.name for node in ast.walk(tree(path)) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        names |= {path.stem}
        found = sorted(name for name in names if NOUNS.search(name))
        assert not found, f"{path} says {found}: a French noun belongs to a service or to contracts."

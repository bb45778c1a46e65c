"""One reader of JSON (C2): what comes from outside is read by backbone/strict_json.py, whoever reads it."""

import ast

from tests.house.sources import PRODUCT, python, tree

# A program may read otherwise what it wrote itself. Each says what that is.
OWN = {
    "backbone/messaging/inbox.py": "headers that this service dumped into its own row",
    "backbone/messaging/outbox.py": "headers that this service dumped into its own row",
    "backbone/testing/service.py": "what the service under test answered",
    "contracts/documents.py": "a copy of its own schema",
    "benchmarks/bare.py": "what the benchmark wrote: it measures the plain reader",
    "benchmarks/bare_sites.py": "claims that the benchmark signed: it measures the plain reader",
    "benchmarks/sites.py": "what both sides of the benchmark answered",
    "benchmarks/single.py": "what the benchmark wrote: it measures the plain reader",
    "benchmarks/peer_faststream.py": "what the benchmark wrote: it measures the plain reader",
    "benchmarks/world.py": "what the benchmark wrote: it measures the plain reader",
    "scripts/make_secrets.py": "the definitions that an earlier run of it wrote",
}
READERS = {"json.loads", "json.load", "json.JSONDecoder", "simplejson.loads", "orjson.loads", "request.get_json"}


def _readers(node: ast.AST) -> list[str]:
    """The calls under `node` that read JSON otherwise, `answer.json()` included."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    names = [ast.unparse(func) for func in calls if isinstance(func, ast.Attribute)]
    return [name for name in names if name in READERS or name.endswith((".json", ".get_json"))]


def test_nobody_but_the_strict_reader_reads_json_from_outside() -> None:
    for path in python(*PRODUCT, "tools", "benchmarks", "scripts"):
        found = _readers(tree(path))
        if str(path) != "backbone/strict_json.py" and str(path) not in OWN:
            assert not found, f"{path}: {found}: read it with backbone.strict_json.loads."
        names = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.module == "json"]
        assert not names, f"{path}: import json as a whole, so that its reader is seen."


def test_who_reads_his_own_json_still_does() -> None:
    paths = python(*PRODUCT, "benchmarks", "scripts")
    for name in OWN:
        assert any(_readers(tree(path)) for path in paths if str(path) == name), name

"""Answers are read in one place, `gateway/clients/shape.py`: there, another shape is M15 and never a 500."""

import ast

from tests.house.sources import ROOT

READERS = ("read", "read_page")


def test_no_client_looks_into_an_answer_by_itself() -> None:
    for path in sorted((ROOT / "gateway" / "clients").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name != "ask"]:
            asked = [one for one in ast.walk(function) if _called(one) == ".ask"]
            named = [one for one in ast.walk(function) if isinstance(one, ast.Name) and one.id == "answer"]
            read = [one for call in ast.walk(function) if _called(call) in READERS for one in call.args[1:]]
            assert len(read) == len(asked), f"{path.name} {function.name}: read(<dataclass>, self.ask(…))."
            loaded = [one for one in named if isinstance(one.ctx, ast.Load)]
            if asked:
                assert all(one in read for one in loaded), f"{path.name} {function.name}: only shape looks inside."


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")

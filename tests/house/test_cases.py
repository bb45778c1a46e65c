"""A case of a parametrized test is called alike in every process: several of them share one run, by its names."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import python, tree

ANEW = {"new_id", "uuid1", "uuid4", "token_hex", "token_urlsafe", "random", "randint", "now", "today"}


def cases(path: Path) -> Iterator[ast.AST]:
    """What every `pytest.mark.parametrize` of a file is given."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("parametrize"):
            yield from node.args
            yield from (word.value for word in node.keywords)


def made_anew(given: ast.AST) -> bool:
    """Whether it asks for something that is another at each start."""
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ANEW for node in ast.walk(given)
    )


def test_a_case_has_the_same_name_in_every_process() -> None:
    anew = [str(path) for path in python("tests") if any(map(made_anew, cases(path)))]
    assert not anew, f"{anew}: name what is drawn by a constant, or give it `ids=` that are the same everywhere."


def test_what_is_drawn_is_seen() -> None:
    assert made_anew(ast.parse('[(f"apres={ids.new_id()}", 404)]')) and not made_anew(ast.parse("[UUID(int=1)]"))

"""Who handles a signal takes no lock in it (FA23): the programs of many threads ask for their signals instead."""

import ast

from tests.house.sources import PRODUCT, python, tree

# Its master has one thread of its own making, and its handler takes its place among gunicorn's.
HANDLERS = {"backbone/gunicorn_conf.py"}


def test_no_program_of_many_threads_has_a_signal_handler() -> None:
    found = {
        str(path)
        for path in python(*PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "signal.signal"
    }
    assert found == HANDLERS, "ask for the signal instead: backbone.serving.ending."

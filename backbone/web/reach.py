"""Which refusals a route may answer: read from the code that its view reaches, so that no list by hand can lie.

A name is followed to what it stands for. A method is known by its name alone, so every method of the service that is
called so counts: what is said may be a little too much, never too little.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

from backbone.errors import Refused

MADE_BY = ("__init__", "__post_init__", "__enter__", "__call__")
NOT_KEPT = "idempotent"  # perform(…, idempotent=False) looks at no Idempotency-Key


@dataclass
class Reached:
    """What a view reaches: refusals it may raise, functions it may call."""

    refusals: set[type[Refused]] = field(default_factory=set)
    functions: set[FunctionType] = field(default_factory=set)


def reached(view: Callable[..., Any]) -> Reached:
    """Everything that `view` may raise or call in its own package, in `backbone` and in `contracts`."""
    start = inspect.unwrap(view)
    if not isinstance(start, FunctionType):
        return Reached()
    home = ".".join(start.__module__.split(".")[:2])
    walk = _Walk(home, _methods(home))
    walk.take(start)
    while walk.waiting:
        walk.read(walk.waiting.pop())
    return walk.found


class _Walk:
    def __init__(self, home: str, methods: Mapping[str, Collection[FunctionType]]) -> None:
        self._ours, self._methods = (home, "backbone.", "contracts."), methods
        self.found, self.waiting = Reached(), list[FunctionType]()

    def read(self, function: FunctionType) -> None:
        """Take what a function names."""
        for node in _names(_node(function)):
            known, value = _resolved(node, function.__globals__)
            if known:
                self.take(value)
            elif isinstance(node, ast.Attribute):
                for method in self._methods.get(node.attr, ()):
                    self.take(method)

    def take(self, value: Any) -> None:
        """A refusal, a function, a class that is made, or a table of them."""
        if isinstance(value, (list, tuple)):
            for one in value:
                self.take(one)
        elif isinstance(value, Mapping):
            self.take(list(value.values()))
        elif isinstance(value, type):
            self._take_class(value)
        else:
            function = inspect.unwrap(value) if callable(value) else value
            if isinstance(function, FunctionType) and function.__module__.startswith(self._ours):
                if function not in self.found.functions:
                    self.found.functions.add(function)
                    self.waiting.append(function)

    def _take_class(self, kind: type[Any]) -> None:
        if issubclass(kind, Refused) and hasattr(kind, "slug"):
            self.found.refusals.add(kind)
        elif kind.__module__.startswith(self._ours):
            self.take([vars(kind)[name] for name in MADE_BY if name in vars(kind)])


def _names(node: ast.AST) -> Iterator[ast.Name | ast.Attribute]:
    """The names that are read in `node`, the longest first (`queries.form`, not `queries`), without what is caught."""
    if isinstance(node, ast.ExceptHandler):
        inside: list[ast.AST] = list(node.body)
    elif isinstance(node, ast.Call) and any(one.arg == NOT_KEPT for one in node.keywords):
        inside = [*node.args, *node.keywords]
    elif isinstance(node, ast.FunctionDef):
        inside = list(node.body)
    else:
        inside = list(ast.iter_child_nodes(node))
        if isinstance(node, (ast.Name, ast.Attribute)):
            yield node
    for one in inside:
        yield from _names(one)


def _resolved(node: ast.AST, known: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether a name stands for something that can be looked up without running anything, and for what."""
    if isinstance(node, ast.Name):
        return node.id in known, known.get(node.id)
    if isinstance(node, ast.Attribute):
        found, holder = _resolved(node.value, known)
        if found and isinstance(holder, (ModuleType, type)) and hasattr(holder, node.attr):
            return True, getattr(holder, node.attr)
    return False, None


def _node(function: FunctionType) -> ast.AST:
    return _tree(function.__module__).get(function.__qualname__, ast.Pass())


@cache
def _tree(module: str) -> Mapping[str, ast.FunctionDef]:
    """The functions of a module, by their qualified name."""
    found = sys.modules.get(module)
    source = inspect.getsource(found) if found else ""

    def within(node: ast.AST, before: str) -> Iterator[tuple[str, ast.FunctionDef]]:
        for one in ast.iter_child_nodes(node):
            if isinstance(one, ast.FunctionDef):
                yield before + one.name, one
                yield from within(one, f"{before}{one.name}.<locals>.")
            else:
                yield from within(one, f"{before}{one.name}." if isinstance(one, ast.ClassDef) else before)

    return dict(within(ast.parse(source), ""))


def _methods(home: str) -> Mapping[str, Collection[FunctionType]]:
    """The methods of every class of a package that is loaded, by their name."""
    found: dict[str, set[FunctionType]] = {}
    for name, module in list(sys.modules.items()):
        if name == home or name.startswith(f"{home}."):
            for kind in [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == name]:
                for label, value in vars(kind).items():
                    method = getattr(value, "fget", None) or getattr(value, "__func__", value)
                    if isinstance(method, FunctionType):
                        found.setdefault(label, set()).add(method)
    return found

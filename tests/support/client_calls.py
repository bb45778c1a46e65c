"""Every call that a client of the gateway makes, read from its code: the method, the path, what is read of the answer.

What cannot be read so is refused: a path that is put together elsewhere, a method in a variable.
"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, get_args, get_type_hints

from contracts.words.services import SERVICES
from gateway.clients import requests

CLIENTS = SERVICES
# The modules that hold a part of the client of a service, which inherits it.
PARTS = {"delegation": ("mandates", "attestations", "bank_details", "profiles", "people")}
ASKING = ("ask", "send", "stream")
READING = ("read", "read_page")


@dataclass(frozen=True)
class ClientCall:
    """One call of one method of a client; `shape` is what it reads of the answer, a page of it when `paged`.

    `sends`: the requests (`gateway/clients/requests.py`) that it is given.
    """

    service: str
    name: str
    method: str
    path: str
    public: bool
    shape: type[Any] | None
    paged: bool
    sends: tuple[type[Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.service}.{self.name}: {self.method} {self.path}"


def client_calls() -> list[ClientCall]:
    """All of them."""
    named = [(service, name) for service in CLIENTS for name in (service, *PARTS.get(service, ()))]
    modules = [(service, importlib.import_module(f"gateway.clients.{name}")) for service, name in named]
    return [call for service, module in modules for call in _calls(service, module)]


def _calls(service: str, module: ModuleType) -> Iterator[ClientCall]:
    for kind in [one for one in _classes(module) if one.name.endswith("Client")]:
        for function in [one for one in kind.body if isinstance(one, ast.FunctionDef)]:
            calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
            reads = [one for one in calls if ast.unparse(one.func) in READING]
            shape = getattr(module, ast.unparse(reads[0].args[0])) if reads else None
            paged = bool(reads) and ast.unparse(reads[0].func) == "read_page"
            hints = get_type_hints(getattr(getattr(module, kind.name), function.name))
            sends = tuple(one for kind in hints.values() for one in _requests(kind))
            for call in [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr in ASKING]:
                method, path = _asked(call)
                public = any(word.arg == "public" for word in call.keywords)
                for one in _paths(path, function, hints):
                    yield ClientCall(service, function.name, method, f"/v1{one}", public, shape, paged, sends)


def _requests(hint: Any) -> list[type[Any]]:
    """The requests that a parameter is, or may be."""
    kinds = get_args(hint) or (hint,)
    return [one for one in kinds if isinstance(one, type) and one.__module__ == requests.__name__]


def _asked(call: ast.Call) -> tuple[str, ast.expr]:
    """The method and the path of a call of `ask`, `send` or `stream`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "stream":
        return "GET", call.args[0]
    method = call.args[0]
    assert isinstance(method, ast.Constant), f"{ast.unparse(call)}: the method is written out."
    return str(method.value), call.args[1]


def _paths(node: ast.expr, function: ast.FunctionDef, hints: dict[str, Any]) -> list[str]:
    """The paths an expression may give; `{}` stands for an id. A parameter that is a Literal is each of its words."""
    if isinstance(node, ast.Name):
        assigned = [one for one in ast.walk(function) if isinstance(one, ast.Assign)]
        node = next(one.value for one in assigned if ast.unparse(one.targets[0]) == ast.unparse(node))
    found = [""]
    for part in node.values if isinstance(node, ast.JoinedStr) else [node]:
        choices = [str(part.value)] if isinstance(part, ast.Constant) else ["{}"]
        if isinstance(part, ast.FormattedValue):
            choices = [str(word) for word in get_args(hints.get(ast.unparse(part.value)))] or choices
        found = [before + choice for before in found for choice in choices]
    return found


def _classes(module: ModuleType) -> list[ast.ClassDef]:
    return [one for one in ast.parse(inspect.getsource(module)).body if isinstance(one, ast.ClassDef)]

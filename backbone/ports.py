"""Giving a function what it asks for by type: a clock, a sealer, an antivirus… What provides them is said once.

A service says its ports as a dataclass (`Ports` in its app.py): the field's type is what functions ask for, the value
what they get, so that mypy holds the one to the other. A function asks by a keyword-only parameter of that type; its
name is its own affair. What is plain (a text, an id, a day…) is never a port: it comes with the call.
"""

import dataclasses
import enum
import functools
import inspect
import types
import typing
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

P = TypeVar("P")
NOTHING = type(None)
PLAIN = ("builtins", "collections.abc", "datetime", "decimal", "typing", "types", "uuid")


class Wiring:
    """What the functions of one service are given, by type. `declared`: dataclasses whose fields are ports.

    TypeError for two ports of one type, and for one whose type is plain: two of those could not be told apart.
    """

    def __init__(self, *declared: Any) -> None:
        self._provided: dict[Any, Any] = {}
        self._bound: dict[Any, Callable[..., Any]] = {}
        for one in declared:
            hints = typing.get_type_hints(type(one))
            for field in dataclasses.fields(one):
                self.provide(hints[field.name], getattr(one, field.name))

    def provide(self, kind: Any, value: Any) -> None:
        """One more port: who asks for `kind` gets `value`. TypeError as above."""
        asked, _ = _asked(kind)
        if _is_plain(asked):
            raise TypeError(f"{_name(asked)} is no type of a port: give it one of its own (a class, NewType, Protocol)")
        if asked in self._provided:
            raise TypeError(f"two ports are {_name(asked)}: who asks for it could get either")
        self._provided[asked] = value

    def replace(self, kind: Any, value: Any) -> None:
        """Give `value` to who asks for `kind` from now on, also to functions bound before by `call`; for tests."""
        self._provided[_asked(kind)[0]] = value
        self._bound.clear()

    def get(self, kind: type[P]) -> P | None:
        """The port of that type; None when there is none."""
        found: P | None = self._provided.get(_asked(kind)[0])
        return found

    def __getitem__(self, kind: type[P]) -> P:
        """The port of that type. KeyError when there is none."""
        found = self.get(kind)
        if found is None:
            raise KeyError(_name(kind))
        return found

    def bind(self, function: Callable[..., Any], *, given: Sequence[str] = ()) -> Callable[..., Any]:
        """`function` with every keyword-only parameter that asks for a port filled in, but those in `given`.

        TypeError when another one without default asks for what no port is: `X` asks for a port that is there,
        `X | None` also for one that this installation has not.
        """
        filled, lacking = {}, []
        for one in wanted(function):
            if one.name in given:
                continue
            value = self._provided.get(one.kind)
            if value is not None or (one.optional and one.kind in self._provided):
                filled[one.name] = value
            elif not one.has_default:
                lacking.append(f"{one.name}: {_name(one.kind)}")
        if lacking:
            where = f"{function.__module__}.{getattr(function, '__qualname__', function)}"
            raise TypeError(f"{where} wants {', '.join(lacking)}, which no port is")
        return functools.partial(function, **filled)

    def call(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function` bound as a use case or a question is: `uow` and what is plain come at the call. Bound once."""
        if function not in self._bound:
            plain = [one.name for one in wanted(function) if _is_plain(one.kind)]
            self._bound[function] = self.bind(function, given=("uow", *plain))
        return self._bound[function]


class Wanted(typing.NamedTuple):
    """A keyword-only parameter: what it asks for, and whether it can do without (`| None`, a default)."""

    name: str
    kind: Any
    optional: bool
    has_default: bool


def wanted(function: Callable[..., Any]) -> tuple[Wanted, ...]:
    """What `function` asks for."""
    hints = typing.get_type_hints(function.func if isinstance(function, functools.partial) else function)
    return tuple(
        Wanted(name, *_asked(hints.get(name, inspect.Parameter.empty)), one.default is not inspect.Parameter.empty)
        for name, one in inspect.signature(function).parameters.items()
        if one.kind is inspect.Parameter.KEYWORD_ONLY
    )


def _asked(kind: Any) -> tuple[Any, bool]:
    """The type without its `| None`, and whether it had one."""
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind, False
    others = [one for one in typing.get_args(kind) if one is not NOTHING]
    return (others[0] if len(others) == 1 else kind), NOTHING in typing.get_args(kind)


def _is_plain(kind: Any) -> bool:
    """Whether `kind` is made of the standard library's values only, or is one of an enumeration."""
    if isinstance(kind, list | tuple):  # the parameters of a Callable
        return all(map(_is_plain, kind))
    if typing.get_origin(kind) is not None:
        return all(map(_is_plain, typing.get_args(kind)))
    if kind is Ellipsis or (isinstance(kind, type) and issubclass(kind, enum.Enum)):
        return True
    return getattr(kind, "__module__", None) in PLAIN


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", None) or str(kind)

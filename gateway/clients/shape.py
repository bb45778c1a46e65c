"""Page objects: JSON in, exactly the declared dataclass out. A missing field fails, an undeclared one is dropped.

The other way, what a page sends (`requests.py`): a dataclass in, the JSON of a body or the words of an address out.

What a service answers is read here and nowhere else (`tests/house/test_clients.py`): whatever it is, it becomes an
object whose every field is of its declared kind, or « service indisponible » (M15) with a line in the log.
"""

import dataclasses
import logging
import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Generic, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from gateway.clients.problem import away

T = TypeVar("T")
Query = dict[str, str | int]  # of an address
log = logging.getLogger(__name__)

_Convert = Callable[[Any], Any]
_WRITTEN: dict[Any, Callable[[str], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: UUID,
}


class Unreadable(Exception):
    """A service answered something that is not what its contract says."""


@dataclass(frozen=True)
class Window:
    """Which page of a list is asked for, and in which order."""

    sort: str
    page: int
    page_size: int

    def query(self, sort: str = "sort") -> Query:
        """As a service wants it; `sort` is the name of its parameter."""
        return {sort: self.sort, "page": self.page, "page_size": self.page_size}


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list."""

    items: list[T]
    page: int
    page_size: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last page, at least 1."""
        return max(1, -(-self.total // max(1, self.page_size)))


def read(cls: type[T], data: Any) -> T:
    """Build `cls` (a dataclass) from what a service answered. Raises Problem: M15 for what is of another shape."""
    try:
        found: T = _build(cls, data)
    except Unreadable as error:
        raise away() from _noted(cls, error)
    return found


def read_page(cls: type[T], data: Any) -> Page[T]:
    """Build a page of `cls` from a list envelope. Raises Problem like `read`."""
    try:
        items, *numbers = dataclasses.fields(Page)
        listed = _field(_checked(dict, data), items, partial(_checked, list))
        numbered = (_field(data, one, partial(_checked, int)) for one in numbers)
        return Page([_build(cls, one) for one in listed], *numbered)
    except Unreadable as error:
        raise away() from _noted(cls, error)


def body(sent: object) -> dict[str, Any]:
    """The JSON of a request: the fields of `sent`, a dataclass, each as JSON has it."""
    return {item.name: _written(getattr(sent, item.name)) for item in _fields(sent)}


def query(sent: object) -> Query:
    """The same in an address, where what is None or empty is not said."""
    values = {item.name: getattr(sent, item.name) for item in _fields(sent)}
    words = {True: "true", False: "false"}
    return {
        name: words[value] if isinstance(value, bool) else str(_written(value))
        for name, value in values.items()
        if value is not None and value != ""
    }


def _fields(sent: Any) -> "tuple[dataclasses.Field[Any], ...]":
    return dataclasses.fields(sent)


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return [body(one) if dataclasses.is_dataclass(one) else _written(one) for one in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def _noted(cls: type[Any], error: Unreadable) -> Unreadable:
    """A line about the shape; what was in it is nobody's to read in a log."""
    log.error("service answered another shape: %s: %s", cls.__name__, error)
    return error


def _build(cls: Any, data: Any) -> Any:
    given = _checked(dict, data)
    return cls(**{item.name: _field(given, item, convert) for item, convert in _plan(cls)})


@cache
def _plan(cls: Any) -> "tuple[tuple[dataclasses.Field[Any], _Convert], ...]":
    """How each field of a class is read: found out once, for a list reads the same one for each of its lines."""
    hints = get_type_hints(cls)
    return tuple((item, _converter(hints[item.name])) for item in dataclasses.fields(cls))


def _field(data: dict[str, Any], item: "dataclasses.Field[Any]", convert: _Convert) -> Any:
    if item.name in data:
        try:
            return convert(data[item.name])
        except Unreadable as error:
            raise Unreadable(f"{item.name}: {error}") from error
    if item.default is not dataclasses.MISSING:
        return item.default
    if item.default_factory is not dataclasses.MISSING:
        return item.default_factory()
    raise Unreadable(f"{item.name}: missing")


def _converter(kind: Any) -> _Convert:
    """What makes a value of `kind`, or raises Unreadable."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        there = _converter(inside[0])
        return lambda value: None if value is None else there(value)
    if origin is list:
        each = _converter(inside[0])
        return lambda value: [each(one) for one in _checked(list, value)]
    if origin is dict:
        named = _converter(inside[1])
        return lambda value: {name: named(one) for name, one in _checked(dict, value).items()}
    if dataclasses.is_dataclass(kind):
        return partial(_build, kind)
    return partial(_parsed, kind, _WRITTEN[kind]) if kind in _WRITTEN else partial(_checked, kind)


def _parsed(kind: type[Any], parse: Callable[[str], Any], value: Any) -> Any:
    try:
        return parse(_checked(str, value))
    except ValueError:
        _refuse(kind.__name__, value)


def _checked(kind: type[T], value: Any) -> T:
    """`value`, if that is what it is: a boolean is no number."""
    if not isinstance(value, kind) or kind is int and isinstance(value, bool):
        _refuse(kind.__name__, value)
    return value


def _refuse(wanted: str, value: Any) -> NoReturn:
    raise Unreadable(f"{type(value).__name__} is not {wanted}")

"""Page objects: JSON in, exactly the declared dataclass out. A missing field fails, an undeclared one is dropped."""

import dataclasses
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")

_SCALARS: dict[Any, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: UUID,
}


class Unreadable(Exception):
    """A service answered something that is not what its contract says."""


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
    """Build `cls` (a dataclass) from a JSON object. Raises Unreadable."""
    try:
        return _build(cls, data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"{cls.__name__}: {type(error).__name__} {error}") from error


def read_page(cls: type[T], data: Any) -> Page[T]:
    """Build a page of `cls` from a list envelope. Raises Unreadable."""
    try:
        items = [_build(cls, item) for item in data["items"]]
        return Page(items, int(data["page"]), int(data["page_size"]), int(data["total"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"page of {cls.__name__}: {type(error).__name__} {error}") from error


def _build(cls: Any, data: Mapping[str, Any]) -> Any:
    hints = get_type_hints(cls)
    values = {}
    for item in dataclasses.fields(cls):
        if item.name in data:
            values[item.name] = _convert(hints[item.name], data[item.name])
        elif item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            raise KeyError(item.name)
    return cls(**values)


def _convert(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _convert(get_args(kind)[0], value)
    if origin in (list, tuple):
        return origin(_convert(get_args(kind)[0], item) for item in value)
    if dataclasses.is_dataclass(kind):
        return _build(kind, value)
    return _SCALARS.get(kind, lambda plain: plain)(value)

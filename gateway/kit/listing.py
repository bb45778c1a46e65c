"""The query string of a list: sort, page, lines per page; everything bookmarkable, everything bounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import request

from gateway.clients.shape import Window
from gateway.kit.reading import number

MAX_PAGE = 1_000_000


@dataclass(frozen=True)
class Listing(Window):
    """Where somebody is in a list. `SORT` and `SIZE`: its parameters in the address; `sizes`: the choices of one."""

    sizes: tuple[int, ...] = ()

    SORT: ClassVar[str] = "tri"
    SIZE: ClassVar[str] = "taille"

    @classmethod
    def of(
        cls, args: Mapping[str, str], *, sorts: tuple[str, ...], default_sort: str, sizes: tuple[int, ...]
    ) -> "Listing":
        """What `args` asks for; what it should not ask for falls back to the default."""
        sort = args.get(cls.SORT, default_sort)
        size = number(args.get(cls.SIZE))
        return cls(
            sort if sort.removeprefix("-") in sorts else default_sort,
            number(args.get("page"), least=1, most=MAX_PAGE) or 1,
            size if size in sizes else sizes[0],
            sizes,
        )

    @classmethod
    def first(cls, sort: str, sizes: tuple[int, ...]) -> "Listing":
        """The first page."""
        return cls(sort, 1, sizes[0], sizes)

    def sorted_by(self, column: str, most_first: bool = False) -> str:
        """aria-sort of a column; `most_first` when its plain sort goes from the most to the least."""
        if self.sort.removeprefix("-") != column:
            return "none"
        return "descending" if self.sort.startswith("-") is not most_first else "ascending"

    def toggled(self, column: str) -> str:
        """The sort a press on the column's header asks for."""
        return f"-{column}" if self.sort == column else column


def here(**changes: Any) -> str:
    """The address of this list with some parameters changed."""
    args = {**request.args.to_dict(), **{name: str(value) for name, value in changes.items()}}
    return f"{request.path}?{urlencode(args)}"


def others(*left_out: str) -> list[tuple[str, str]]:
    """What the address of this list says, without some of its parameters: for a form that says these."""
    return [(name, value) for name, value in request.args.items() if name not in left_out]


def numbers(current: int, last: int) -> list[int]:
    """The page numbers to show: up to six around the current one (G18)."""
    start = max(1, min(current - 2, last - 5))
    return list(range(start, min(last, start + 5) + 1))

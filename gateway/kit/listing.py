"""The query string of a list: sort, page, lines per page; everything bookmarkable, everything bounded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode
from uuid import UUID

from flask import request

from gateway.clients.shape import Page, Query, Window
from gateway.kit.reading import key, number

MAX_PAGE = 1_000_000


@dataclass(frozen=True)
class Listing(Window):
    """Where somebody is in a list. `SORT` and `SIZE`: its parameters in the address; `sizes`: the choices of one."""

    sizes: tuple[int, ...] = ()

    SORT: ClassVar[str] = "tri"
    SIZE: ClassVar[str] = "taille"

    @classmethod
    def of(cls, args: Mapping[str, str], *, sorts: tuple[str, ...], default_sort: str, sizes: tuple[int, ...]) -> Self:
        """What `args` asks for; what it should not ask for falls back to the default."""
        sort = args.get(cls.SORT, default_sort)
        size = number(args.get(cls.SIZE))
        return cls(
            sort if sort.removeprefix("-") in sorts else default_sort,
            number(args.get("page"), least=1, most=MAX_PAGE) or 1,
            size if size in sizes else sizes[0],
            sizes,
        )

    def link(self, shown: Page[Any], number: int) -> str:
        """The address of page `number`, on the page `shown`."""
        return here(page=number)

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


@dataclass(frozen=True)
class Counted(Listing):
    """A list whose pages are counted from a line of the page that leads there, so that what others write meanwhile
    neither repeats nor skips one: after its last line to go on, before its first to go back."""

    apres: UUID | None = None
    avant: UUID | None = None
    repere: int | None = None

    @classmethod
    def of(cls, args: Mapping[str, str], *, sorts: tuple[str, ...], default_sort: str, sizes: tuple[int, ...]) -> Self:
        """The same, and where to count from."""
        asked = super().of(args, sorts=sorts, default_sort=default_sort, sizes=sizes)
        page = number(args.get("repere"), least=1, most=MAX_PAGE)
        return replace(asked, apres=key(args.get("apres")), avant=key(args.get("avant")), repere=page)

    def query(self, sort: str = "sort") -> Query:
        """As a service wants it."""
        found = {"apres": self.apres, "avant": self.avant} if self.repere else {}
        lines = {name: str(line) for name, line in found.items() if line}
        return super().query(sort) | lines | ({"repere": self.repere} if self.repere and lines else {})

    def link(self, shown: Page[Any], number: int) -> str:
        """With the line it is counted from; the first page and the last one are counted from their end."""
        if number == shown.page:
            return here(page=number)
        lines: dict[str, UUID] = {}
        if shown.items and 1 < number < shown.last:
            first, last = shown.items[0].delegation_id, shown.items[-1].delegation_id
            lines = {"apres": last} if number > shown.page else {"avant": first}
        said = {"apres": lines.get("apres"), "avant": lines.get("avant"), "repere": shown.page if lines else None}
        return here(page=number, **said)


def here(**changes: Any) -> str:
    """The address of this list with some parameters changed; None leaves one out."""
    args = {**request.args.to_dict(), **changes}
    return f"{request.path}?{urlencode({name: str(value) for name, value in args.items() if value is not None})}"


def others(*left_out: str) -> list[tuple[str, str]]:
    """What the address of this list says, without some of its parameters: for a form that says these."""
    return [(name, value) for name, value in request.args.items() if name not in left_out]


def numbers(current: int, last: int) -> list[int]:
    """The page numbers to show: up to six around the current one (G18)."""
    start = max(1, min(current - 2, last - 5))
    return list(range(start, min(last, start + 5) + 1))

"""The kinds of fields of a form. One is declared once, in its page's form: label, rule, how it is read and sent.

Its name, which is its service's as well, is the attribute it is kept under; `templates/champs.html` shows it.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from backbone.clock import PARIS
from contracts.rules.invisible import trimmed
from gateway.kit.labels import join_phone, split_phone
from gateway.kit.reading import NO_SUCH_DAY, as_typed, day, number
from gateway.kit.typography import french

T = TypeVar("T")
NEVER_KEPT: set[str] = set()  # names of fields that no draft holds: secrets, and buttons


@dataclass(frozen=True)
class Bound(Generic[T]):
    """A field of one form that was sent, or is shown: what a template and a page see of it."""

    field: "Field[T]"
    values: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def name(self) -> str:
        """What it is called in the page, in the form and at the service."""
        return self.field.name

    @property
    def typed(self) -> str:
        """What somebody typed, to be shown again; empty for nothing."""
        return self.values[self.field.name]

    @property
    def value(self) -> T:
        """What that means."""
        return self.field.read(self.values)

    @property
    def error(self) -> str:
        """What is wrong with it, one sentence a line."""
        return self.errors.get(self.field.name, "")


def nothing_wrong(_typed: str) -> str:
    """The rule of a field that has none."""
    return ""


@dataclass(eq=False)
class Field(Generic[T]):
    """A field. `required`: the sentence when it is empty; `rule`: what is wrong with what was typed, or nothing.

    `sent`: does it go to the service? `star`, `auto`, `max`, `keep`: its mark, autocomplete, length and draft.
    """

    label: str = ""
    _: KW_ONLY
    required: str = ""
    rule: Callable[[str], str] = nothing_wrong
    help: str = ""
    sent: bool = True
    star: bool = True
    auto: str = "off"
    max: int = 254
    keep: bool = False
    name: str = field(init=False, default="")
    kind: ClassVar[str] = "texte"

    def __post_init__(self) -> None:
        self.label, self.help = french(self.label), french(self.help)

    def __set_name__(self, _form: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, form: None, _class: type) -> Self: ...
    @overload
    def __get__(self, form: Any, _class: type) -> Bound[T]: ...
    def __get__(self, form: Any, _class: type) -> "Self | Bound[T]":
        return self if form is None else Bound(self, form.values, form.errors)

    def take(self, source: Mapping[str, Any]) -> dict[str, str]:
        """Its part of what a browser sent, without what is not seen at both ends."""
        return {self.name: trimmed(str(source.get(self.name) or "").strip())}

    def show(self, known: Any) -> dict[str, str]:
        """What it holds on a page that shows `known`; None: nothing yet."""
        return {self.name: "" if known is None else str(known)}

    def fault(self, values: Mapping[str, str]) -> str:
        """What is wrong, before any service is asked; empty when nothing is."""
        typed = values[self.name]
        return self.rule(typed) if typed.strip() else self.required

    def read(self, values: Mapping[str, str]) -> T:
        """What was typed, as what it means: what its service is sent."""
        raise NotImplementedError


class Text(Field[str]):
    """A line of text."""

    type: ClassVar[str] = "text"

    def read(self, values: Mapping[str, str]) -> str:
        """As it is."""
        return values[self.name]


class Email(Text):
    """An address."""

    type = "email"


class Area(Text):
    """Several lines of text."""

    kind = "zone"


class Secret(Text):
    """A password: taken as it is, and never shown again."""

    kind = "secret"

    def __set_name__(self, form: type, name: str) -> None:
        super().__set_name__(form, name)
        NEVER_KEPT.add(name)

    def take(self, source: Mapping[str, Any]) -> dict[str, str]:
        """Every character of it."""
        return {self.name: str(source.get(self.name) or "")}


class Hidden(Field[str | None]):
    """What the form carries and nobody types."""

    def read(self, values: Mapping[str, str]) -> str | None:
        """None when nothing is carried."""
        return values[self.name] or None


@dataclass(eq=False)
class Number(Field[int | None]):
    """A whole number from `least` to `most`."""

    _: KW_ONLY
    least: int = 0
    most: int = 999_999_999
    unreadable: str = ""

    def fault(self, values: Mapping[str, str]) -> str:
        """A number that is none is never taken for no number."""
        typed = values[self.name]
        return super().fault(values) or (self.unreadable if typed and self.read(values) is None else "")

    def read(self, values: Mapping[str, str]) -> int | None:
        """None when it holds none."""
        return number(values[self.name], least=self.least, most=self.most)


@dataclass(eq=False)
class Version(Field[int]):
    """The version that the page showed and its form decides on; a header says it to the service.

    `unreadable`: the sentence when the page carried none; without one the service is asked, and refuses.
    """

    sent: bool = False
    unreadable: str = ""

    def fault(self, values: Mapping[str, str]) -> str:
        """What the page carried was tampered with."""
        return "" if self.read(values) else self.unreadable

    def read(self, values: Mapping[str, str]) -> int:
        """0, which nothing has, when what the page carried was tampered with."""
        return number(values[self.name]) or 0


class Day(Field[date | None]):
    """A day, typed as text and kept as it was typed."""

    kind = "jour"

    def show(self, known: date | None) -> dict[str, str]:
        """As people type it."""
        return {self.name: as_typed(known)}

    def fault(self, values: Mapping[str, str]) -> str:
        """What is no day of the calendar is said beside it."""
        unreadable = values[self.name] and self.read(values) is None
        return super().fault(values) or (NO_SUCH_DAY if unreadable else "")

    def read(self, values: Mapping[str, str]) -> date | None:
        """None when nothing was typed, or nothing that is a day."""
        return day(values[self.name])


class EndOfDay(Day):
    """The end of a day, typed as the day: the instant after it in Paris."""

    def read(self, values: Mapping[str, str]) -> datetime | None:
        """None when no day was typed."""
        day = super().read(values)
        return datetime.combine(day + timedelta(days=1), time.min, PARIS) if day else None


@dataclass(eq=False)
class Phone(Field[str | None]):
    """A number as it is dialled, with the country it is dialled in, whose own field is called `country`."""

    _: KW_ONLY
    country: str
    country_label: str
    kind = "telephone"

    def take(self, source: Mapping[str, Any]) -> dict[str, str]:
        """Both."""
        return super().take(source) | {self.country: str(source.get(self.country) or "").strip()}

    def show(self, known: str | None) -> dict[str, str]:
        """An international number in its two parts."""
        prefix, national = split_phone(known)
        return {self.name: national, self.country: prefix}

    def read(self, values: Mapping[str, str]) -> str | None:
        """The international number, for the service to judge; None when nothing was typed."""
        return join_phone(values[self.country], values[self.name])


@dataclass(eq=False)
class Check(Field[bool]):
    """A box; `ticked` is what the browser sends of it."""

    _: KW_ONLY
    ticked: str = "1"

    def show(self, known: bool | None) -> dict[str, str]:
        """Ticked or not."""
        return {self.name: self.ticked if known else ""}

    def read(self, values: Mapping[str, str]) -> bool:
        """Whatever it sends, it is ticked."""
        return bool(values[self.name])


@dataclass(eq=False)
class Choice(Field[str | None]):
    """One of `among`; what is none of them is no choice."""

    _: KW_ONLY
    among: tuple[str, ...] = ()

    def read(self, values: Mapping[str, str]) -> str | None:
        """None when none was made."""
        return values[self.name] if values[self.name] in self.among else None


@dataclass(eq=False)
class Press(Field[str | None]):
    """A button that says which one was pressed."""

    sent: bool = False

    def __set_name__(self, form: type, name: str) -> None:
        super().__set_name__(form, name)
        NEVER_KEPT.add(name)

    def read(self, values: Mapping[str, str]) -> str | None:
        """The value of the one that was pressed."""
        return values[self.name] or None


@dataclass(eq=False)
class Place(Field[None]):
    """No field of text: where the refusals of a part of the form are shown. The part reads and sends itself."""

    sent: bool = False

    def read(self, values: Mapping[str, str]) -> None:
        """Nothing: see its part."""

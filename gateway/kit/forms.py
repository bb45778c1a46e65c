"""A form of a page: the values to show again, the errors beside their fields. Passwords are never shown again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import request

from contracts.rules.invisible import trimmed
from gateway.clients.problem import Problem
from gateway.kit.reading import NO_SUCH_DAY, day, number

REFUSED = (400, 403, 409, 413, 422, 429)


@dataclass
class Form:
    """Values by field name, errors by field name; `general` are the errors of no shown field."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, source: Mapping[str, Any], names: Iterable[str]) -> "Form":
        """The named fields of `source`, without what is not seen at both ends, except passwords."""
        values = {name: str(source.get(name) or "") for name in names}
        return cls(
            {n: v if "mot_de_passe" in n or n == "confirmation" else trimmed(v.strip()) for n, v in values.items()}
        )

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def refused(self) -> bool:
        """Is there anything to correct?"""
        return bool(self.errors or self.general)

    def refuse(self, problem: Problem) -> "Form":
        """Put a service's refusal beside the fields it names, all that it says of one. What no form can correct is
        raised again."""
        if problem.status not in REFUSED:
            raise problem
        for error in problem.errors:
            name = error.field.split(".")[0]
            if name in self.values:
                said = dict.fromkeys([*self.errors.get(name, "").split("\n"), error.message])
                self.errors[name] = "\n".join(filter(None, said))
            elif error.message not in self.general:
                self.general.append(error.message)
        if not self.refused:
            self.general.append(problem.detail)
        return self

    def read_days(self, *names: str) -> "Form":
        """Days as they were typed, and they stay so; what is no day of the calendar is said beside its field."""
        for name in names:
            if self[name] and self.day(name) is None:
                self.errors[name] = NO_SUCH_DAY
        return self

    def day(self, name: str) -> date | None:
        """The day of a field that `read_days` found no fault with; None when nothing was typed."""
        return day(self[name])

    def iso(self, name: str) -> str | None:
        """That day as a service wants it."""
        found = self.day(name)
        return found.isoformat() if found else None

    def number(self, name: str) -> int | None:
        """The whole number of a field; None when it holds none."""
        return number(self[name])

    def require(self, **sentences: str) -> "Form":
        """Fields that must not be empty, each with what to do about it."""
        for name, sentence in sentences.items():
            if not self.values.get(name, "").strip():
                self.errors[name] = sentence
        return self


def shown_version() -> int:
    """The version that the page showed, carried by its form; 0, which nothing has, when that was tampered with."""
    return number(request.form.get("version")) or 0

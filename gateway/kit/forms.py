"""A form of a page, declared once: its fields, from which come what is read, shown again, refused and sent.

A page that acts reads alike everywhere: who may enter, the form, act and redirect, else render. No page catches a
refusal itself: `refusals` puts it into the form, `pressed` (kit/pressed.py) says it above the next page.

    form = Passwords.posted()
    if form.good:
        with form.refusals():
            clients().identity.change_password(form.payload())
            return redirect(…)
    return shown("compte_mot_de_passe.html", form)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, Generic, Self, TypeVar, get_args, get_origin

from flask import has_request_context, render_template, request

from gateway.clients.problem import Problem
from gateway.kit.drafts import typed_before
from gateway.kit.fields import Bound, Check, Field, Hidden, Version

RELOAD = "Cette page a été modifiée. Rechargez-la et recommencez."
REFUSED = (400, 403, 409, 413, 422, 429)
CHANGED = 412
S = TypeVar("S")


class Form:
    """Values by field name, errors by field name; `general` are the errors of no shown field.

    `status`: of the page that shows it. `refusal`: what its service said last. `corrects`: the statuses of what the
    page shows; any other refusal is an error page.
    """

    fields: ClassVar[tuple[Field[Any], ...]] = ()
    corrects: ClassVar[tuple[int, ...]] = REFUSED

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        named = [vars(base) for base in reversed(cls.__mro__)]
        cls.fields = tuple(
            {name: one for those in named for name, one in those.items() if isinstance(one, Field)}.values()
        )

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.errors: dict[str, str] = {}
        self.general: list[str] = []
        self.refusal: Problem | None = None
        self.status = 200

    @classmethod
    def blank(cls, **known: Any) -> Self:
        """The form as it is first shown, with what is known by field name, or as it was typed before (`drafts.py`)."""
        known_texts = {name: text for one in cls.fields for name, text in one.show(known.get(one.name)).items()}
        return cls(known_texts | cls._typed_before())

    @classmethod
    def of(cls, known: object) -> Self:
        """The form as it is first shown for something that has attributes of these names."""
        return cls.blank(**{one.name: getattr(known, one.name, None) for one in cls.fields})

    @classmethod
    def read(cls, source: Mapping[str, Any]) -> Self:
        """The form as a browser sent it, not judged."""
        return cls({name: text for one in cls.fields for name, text in one.take(source).items()})

    @classmethod
    def posted(cls) -> Self:
        """The form that this request sent, judged by the rules of its fields."""
        return cls.read(request.form).judged()

    @classmethod
    def asked(cls) -> Self:
        """The same for one that is in the address: filters, a search."""
        return cls.read(request.args).judged()

    def judged(self) -> Self:
        """With what is wrong beside each field: first what is empty and may not be, then what is unreadable."""
        faults = {one: fault for one in self.fields if (fault := one.fault(self.values))}
        beside = {one.name: fault for one, fault in faults.items() if not isinstance(one, Version)}
        self.errors |= {name: fault for name, fault in beside.items() if not self.values[name].strip()} | beside
        self.general += [fault for one, fault in faults.items() if isinstance(one, Version)]
        return self._refused(422)

    @property
    def refused(self) -> bool:
        """Is there anything to correct?"""
        return bool(self.errors or self.general)

    @property
    def good(self) -> bool:
        """Is there nothing to correct, as far as the page can tell?"""
        return not self.refused

    def part(self, part: "type[Form]") -> list[Bound[Any]]:
        """The fields that it has of another form, as its own class declares them."""
        return [getattr(self, one.name) for one in part.fields]

    def refuse(self, problem: Problem) -> Self:
        """Put a service's refusal beside the fields it names, all that it says of one. What no form can correct is
        raised again."""
        if problem.status not in self.corrects:
            raise problem
        self.refusal = problem
        for error in problem.errors:
            name = error.field.split(".")[0]
            if name in self.values:
                said = dict.fromkeys([*self.errors.get(name, "").split("\n"), error.message])
                self.errors[name] = "\n".join(filter(None, said))
            elif error.message not in self.general:
                self.general.append(error.message)
        if not self.refused:
            self.general.append(problem.detail)
        return self._refused(problem.status)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """What a service refuses inside becomes a part of the form; what no form can correct is raised again."""
        try:
            yield
        except Problem as problem:
            self.refuse(problem)

    @classmethod
    def _typed_before(cls) -> dict[str, str]:
        """Its fields in what the page is filled with again; a box that is not there was not ticked. The version too:
        what was typed was decided on that one."""
        before = typed_before() if has_request_context() else {}
        if not any(one.name in before and not isinstance(one, Version | Hidden) for one in cls.fields):
            return {}
        again = [one for one in cls.fields if one.name in before or isinstance(one, Check)]
        return {name: text for one in again for name, text in one.take(before).items()}

    def _refused(self, status: int) -> Self:
        if self.refused:
            self.status = status
        return self


class Sends(Form, Generic[S]):
    """A form that fills a request of its client: `class Passwords(Sends[PasswordChange])`."""

    request: ClassVar[type[Any]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for base in vars(cls).get("__orig_bases__", ()):
            if get_origin(base) is Sends:
                (cls.request,) = get_args(base)

    def payload(self) -> S:
        """What its service is sent."""
        filled: S = self.request(**{one.name: one.read(self.values) for one in self.fields if one.sent})
        return filled


class Shown(Form):
    """A decision on what a page showed; what somebody changed since is shown, to decide again (AA52)."""

    version = Version()

    @property
    def changed(self) -> Problem | None:
        """Who changed what since, as the service says it; None: nobody."""
        return self.refusal if self.refusal and self.refusal.status == CHANGED else None

    def refuse(self, problem: Problem) -> Self:
        """A change in between is no error of what was typed."""
        if problem.status != CHANGED:
            return super().refuse(problem)
        self.refusal, self.status = problem, CHANGED
        return self

    def anew(self, known: object) -> Self:
        """The form for what it decides on as that is now, with what changed in between."""
        fresh = self.of(known)
        fresh.refusal, fresh.status = self.refusal, self.status
        return fresh


def shown(template: str, form: Form, **context: Any) -> tuple[str, int]:
    """The page with its form, and its status."""
    return render_template(template, form=form, **context), form.status

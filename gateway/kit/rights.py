"""The rights matrix as a form (G27–G39): read from a page or a delegation, shown again, sent to delegation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from contracts.words.levels import NO_RIGHT, STRENGTH, Level
from gateway.clients.delegation import Catalogue, Delegation, Grant, Named
from gateway.clients.mandates import WholeMandate
from gateway.clients.requests import Granted
from gateway.kit.drafts import typed_before
from gateway.kit.fields import Place, Press
from gateway.kit.proof import Proven

PREFIX = "droit_"
COLUMNS: dict[str, str] = {"aucun": NO_RIGHT, **{str(level): level for level in Level}}


class Matrix(Proven):
    """The part of a form that gives rights: what it holds is `Rights`, its refusals have their places here."""

    administrator = Place("Administrateur")
    colleges = Place("Collèges")
    rights = Place("Fonctionnalités")
    colonne = Press("tout sélectionner")


@dataclass(frozen=True)
class Rights:
    """What is ticked: Administrateur, the collèges, one level per function (empty: aucun droit)."""

    administrator: bool
    colleges: tuple[str, ...]
    levels: dict[str, str]

    @classmethod
    def untouched(cls, catalogue: Catalogue) -> "Rights":
        """Every collège, no right (G30, G31)."""
        return cls(False, tuple(college.code for college in catalogue.colleges), {})

    @classmethod
    def typed(cls, form: MultiDict[str, str]) -> "Rights":
        """What a page sent."""
        levels = {name.removeprefix(PREFIX): form[name] for name in form if is_right(name)}
        return cls(Matrix.administrator.name in form, tuple(form.getlist(Matrix.colleges.name)), levels)

    @classmethod
    def held(cls, delegation: Delegation | WholeMandate) -> "Rights":
        """What a delegation gives."""
        return cls(delegation.administrator, tuple(delegation.colleges), dict(delegation.rights))

    @classmethod
    def of(cls, kept: Granted) -> "Rights":
        """What a profile keeps."""
        return cls(kept.administrator, tuple(kept.colleges), dict(kept.rights))

    @classmethod
    def shown_again(cls, otherwise: "Rights") -> "Rights":
        """What was ticked on this page before (kit/drafts.py), or `otherwise`."""
        before = typed_before()
        return cls.typed(before) if chosen(before) else otherwise

    def with_column(self, column: str, catalogue: Catalogue) -> "Rights":
        """The whole column, as a press on its head asks for (G32); works without JavaScript."""
        return replace(self, levels={f.code: COLUMNS.get(column, NO_RIGHT) for f in functions(catalogue)})

    def filled(self, form: MultiDict[str, str]) -> MultiDict[str, str]:
        """What a page sent, with these rights in the place of its own."""
        ours = {name for name, _ in chosen(form)} | {"comme", "profil", "nom_profil"}
        kept = [(name, value) for name, value in form.items(multi=True) if name not in ours]
        kept += [(Matrix.colleges.name, code) for code in self.colleges]
        kept += [(Matrix.administrator.name, "1")] if self.administrator else []
        return MultiDict([*kept, *((self.field(code), level) for code, level in self.levels.items())])

    def within(self, catalogue: Catalogue, grantor: Grant) -> "Rights":
        """What of it a grantor may give (C10): his collèges, his functions at most at his level. An administrator's is
        made of his own (G29)."""
        colleges = tuple(code for code in self.colleges if code in accessible(catalogue, grantor))
        mine = {
            f.code: Level.MISE_A_JOUR if grantor.administrator else grantor.rights.get(f.code, NO_RIGHT)
            for f in functions(catalogue)
        }
        levels = {
            code: min(level, mine[code], key=STRENGTH.__getitem__)
            for code, level in self.levels.items()
            if code in mine
        }
        return Rights(self.administrator and grantor.administrator, colleges, levels)

    @staticmethod
    def field(code: str) -> str:
        """The name of the field of one function's level."""
        return f"{PREFIX}{code}"

    def level(self, code: str) -> str:
        """The level of one function; an administrator has them all (G29)."""
        return Level.MISE_A_JOUR if self.administrator else self.levels.get(code, NO_RIGHT)

    def count(self, level: str, catalogue: Catalogue) -> int:
        """How many functions are at `level`."""
        return sum(self.level(f.code) == level for f in functions(catalogue))

    def granted(self, catalogue: Catalogue, grantor: Grant) -> Granted:
        """As delegation wants it. Ticking Administrateur means everything accessible to the grantor (G29)."""
        if self.administrator:
            everything: dict[str, str] = {f.code: Level.MISE_A_JOUR for f in functions(catalogue)}
            return Granted(True, accessible(catalogue, grantor), everything)
        return Granted(False, list(self.colleges), {code: level for code, level in self.levels.items() if level})


def is_right(name: str) -> bool:
    """Is `name` the field of one function's level?"""
    return name.startswith(PREFIX)


def chosen(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """The fields of the matrix in what a page sent, to be carried on."""
    own = (Matrix.administrator.name, Matrix.colleges.name)
    return [(name, value) for name, value in form.items(multi=True) if name in own or is_right(name)]


def functions(catalogue: Catalogue) -> Iterator[Named]:
    """Every function, in the order of the matrix."""
    for group in catalogue.groups:
        yield from group.functions


def accessible(catalogue: Catalogue, grantor: Grant) -> list[str]:
    """The collèges a grantor may give (C10)."""
    return [c.code for c in catalogue.colleges if not grantor.colleges or c.code in grantor.colleges]

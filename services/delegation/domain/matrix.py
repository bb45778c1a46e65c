"""The rules of the rights matrix: what a person may fill in at step 2 of « Déléguer des droits » (G27–G34)."""

from collections.abc import Mapping, Sequence

from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from contracts.words.levels import Level
from services.delegation.domain.refusals import (
    LastCollegeRefused,
    MoreThanOwnedRefused,
    NoRightRefused,
    PartialAdministratorRefused,
    UnknownCollegeRefused,
    UnknownFunctionRefused,
    UnknownLevelRefused,
)
from services.delegation.domain.rights import Scope


def scope_asked(administrator: bool, colleges: Sequence[str], rights: Mapping[str, str], grantor: Scope) -> Scope:
    """The scope a filled matrix asks for. Raises the refusal of the first rule it breaks (AA31, M8, M9)."""
    _only_known(colleges, rights)
    asked = _administrator(colleges, rights, grantor) if administrator else _user(colleges, rights)
    if not asked.within(grantor):
        raise MoreThanOwnedRefused(field=_excess(asked, grantor))
    return asked


def _only_known(colleges: Sequence[str], rights: Mapping[str, str]) -> None:
    if any(college not in COLLEGES for college in colleges):
        raise UnknownCollegeRefused
    if any(code not in FUNCTIONS for code in rights):
        raise UnknownFunctionRefused
    if any(level not in list(Level) for level in rights.values()):
        raise UnknownLevelRefused


def _user(colleges: Sequence[str], rights: Mapping[str, str]) -> Scope:
    if not colleges:
        raise LastCollegeRefused
    if not rights:
        raise NoRightRefused
    return Scope(False, frozenset(colleges), {code: Level(level) for code, level in rights.items()})


def _administrator(colleges: Sequence[str], rights: Mapping[str, str], grantor: Scope) -> Scope:
    # « Les collèges accessibles sont tous sélectionnés et les boutons radios des droits en mise à jour sont
    # automatiquement cochés pour toutes les fonctionnalités, sans possibilité de mise à jour » (G29). The locked
    # inputs may come empty or complete; anything in between was forged.
    forced = Scope(True, grantor.colleges, dict.fromkeys(FUNCTIONS, Level.MISE_A_JOUR))
    if rights and dict(rights) != dict(forced.rights):
        raise PartialAdministratorRefused
    if colleges and not forced.colleges <= frozenset(colleges):
        raise PartialAdministratorRefused(field="colleges")
    return Scope(True, frozenset(colleges) or forced.colleges, forced.rights)


def _excess(asked: Scope, grantor: Scope) -> str:
    if asked.administrator and not grantor.administrator:
        return "administrator"
    return "rights" if asked.colleges <= grantor.colleges else "colleges"

"""The functions of the matrix as services that one opens: here, at the caisse's, or nowhere yet (G68)."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from contracts.words import functions
from contracts.words.bank_details import NEW_BANK_DETAILS
from gateway.kit.access import Space
from gateway.kit.elsewhere import elsewhere

# What a function opens in these pages; the others are the caisse's own, where it says (`ESPACE_ELSEWHERE_FILE`).
HERE: dict[str, str] = dict.fromkeys(functions.DSN, "suivi_dsn.page")


@dataclass(frozen=True)
class Service:
    """One function that the person may open. `url` is empty when it is served nowhere."""

    code: str
    label: str
    url: str
    outside: bool = False


@dataclass(frozen=True)
class Section:
    """A group of the matrix, with what of it the person may open."""

    label: str
    services: list[Service]

    @property
    def outside(self) -> bool:
        """Whether one of them leads to the caisse's website, which the menu explains then."""
        return any(service.outside for service in self.services)


def sections(space: Space) -> list[Section]:
    """The groups of the matrix in its order, without what the delegation does not give: no empty group, nothing
    greyed (AA25). New bank details, which no delegation grants, stand beside the accounts (G78)."""
    found = [Section(group.label, list(_offered(space, group))) for group in functions.GROUPS]
    return [section for section in found if section.services]


def _offered(space: Space, group: functions.Group) -> Iterator[Service]:
    for one in group.functions:
        if space.allows(one.code):
            yield service_of(space, one)
        if one.code == functions.MES_COMPTES_BANCAIRES and space.of_the_company:
            served = elsewhere().of(space.caisse, NEW_BANK_DETAILS)
            url = url_for("coordonnees_bancaires.page", adherent_id=space.tier.adherent_id) if served else ""
            yield Service(NEW_BANK_DETAILS, "Nouvelles coordonnées bancaires", url)


def service_of(space: Space, function: functions.Function) -> Service:
    """The function, with the page that opens it for this space."""
    if function.code in HERE:
        return Service(function.code, function.label, space.url(HERE[function.code]))
    if elsewhere().of(space.caisse, function.code):
        return Service(function.code, function.label, space.url("service.page", code=function.code), outside=True)
    return Service(function.code, function.label, "")

"""Rights of one delegation are never for the collèges of another, wherever a caller can see or use them (K2).

The pages and all services are real. Two delegations of one person on the same days cannot be made any more; a database
of before may hold them, and so do these.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.delegation.storage.tables import delegations
from tests.gateway.portal import Portal, words
from tests.service.delegation.world import TODAY
from tests.service.together.pages import Pages

BOSS, CLERK, OTHER = "patron@example.com", "comptable@example.com", "autre@example.com"
A = {"colleges": ["etam"], "rights": {"declarations_nominatives": "consultation", "mes_documents": "mise_a_jour"}}
B = {"colleges": ["cadres"], "rights": {"mes_documents": "consultation"}}
TOMORROW = TODAY.replace(day=TODAY.day + 1)


class Twice:
    """A clerk with A and B today, as each service holds them."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.adherent, boss = pages.founded(BOSS)
        today = TODAY.isoformat()
        self.first = pages.beneficiary(self.adherent, boss, CLERK, "Martin", "Claire", ends_on=today, **A)
        pages.confirm(self.adherent, boss, CLERK)
        later = pages.delegate(self.adherent, boss, CLERK, starts_on=TOMORROW.isoformat(), **B)
        assert later.status == 201, later.json
        pages.settle()
        pages.accept(CLERK)
        pages.settle()
        self.later = UUID(later.json["delegation_id"])
        pages.confirm_one(self.adherent, boss, self.later)
        self.clerk = pages.account_of(CLERK)

    def change(self, **values: Any) -> None:
        """B begins today, and A has `values`, in delegation's own tables."""
        for id, new in ((self.later, {"starts_on": TODAY}), (self.first, values)):
            if new:
                self.pages.world.execute(sa.update(delegations).where(delegations.c.id == id).values(new))

    def told(self) -> list[Mapping[str, Any]]:
        """All that delegation answers of the clerk's rights: to the pages, and to services that ask it."""
        ask = self.pages.delegation.get
        (site,) = ask("/v1/sites", as_=self.clerk).json["items"]
        return [ask(f"/v1/sites/{site['site_id']}", as_=self.clerk).json["access"], *self.held()]

    def held(self) -> list[Mapping[str, Any]]:
        """What dsn and contact are answered when they ask."""
        return list(self.pages.delegation.get("/v1/access", as_=self.clerk).json["items"])


def scopes(told: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """What an answer gives: function, level, collège."""
    return {(name, level, college) for name, level in told["rights"].items() for college in told["colleges"]}


@pytest.fixture
def twice(pages: Pages) -> Twice:
    """The clerk."""
    return Twice(pages)


def test_no_answer_gives_a_right_of_one_on_a_college_of_the_other(twice: Twice) -> None:
    twice.change()
    assert len(twice.held()) == 2
    for told in twice.told():
        assert scopes(told) in (scopes(A), scopes(B)), told


def test_who_administers_by_one_is_offered_and_may_give_its_colleges_alone(twice: Twice) -> None:
    twice.change(administrator=True)
    browser: Portal = twice.pages.browser(CLERK)
    page = f"{twice.pages.space(browser)}/droits/nouvelle/etape-2"
    order = {"email": OTHER, "kind": "collaborateur", "starts_on": "23/11/2026", "ends_on": "23/11/2026"}
    second = browser.get(browser.post(page, cle=str(uuid4()), etape="1", **order).location)
    offered = [
        words(label)
        for label in second.all("label", class_="case")
        if label.find("input[@name='colleges']") is not None
    ]
    assert offered == ["ETAM"]
    order |= {"etape": "2", "droit_mes_documents": "consultation"}
    for colleges, status in ((["cadres"], 403), (["etam", "cadres"], 403), (["etam"], 303)):
        browser.post(page, status=status, cle=str(uuid4()), colleges=colleges, **order)
    (given,) = [row for row in twice.pages.rows(twice.adherent) if row["email"] == OTHER]
    assert given["colleges"] == ["etam"]

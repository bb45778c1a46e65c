"""« Historique » of an adhérent: filtered, paged by key, and nothing in it that its reader may not see (D18, K10)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backbone.clock import FixedClock
from backbone.ids import new_id
from tests.service.delegation.test_sub_delegation import STAFF, Firm
from tests.service.delegation.world import Company, World


def read(company: Company, query: str = "", as_: UUID | None = None) -> Any:
    """One page of the history."""
    return company.world.under.get(f"{company.path}/journal?{query}", as_=as_ or company.founder)


def acts(company: Company, query: str = "", as_: UUID | None = None) -> list[tuple[str, str, str]]:
    """What it says was done: for whom, the act, by whom."""
    answer = read(company, query, as_)
    assert answer.status == 200, answer.json
    return [(one["email"].partition("@")[0], one["act"], one["author"]) for one in answer.json["items"]]


@pytest.fixture
def busy(company: Company, world: World, clock: FixedClock) -> Company:
    """The founder, then Zoé the next day, then Luc, who is an administrator and opens one for Anne on the third."""
    clock.advance(timedelta(days=1))
    company.confirmed("zoe@example.com", kind="collaborateur", nom="Évrard", prenom="Zoé")
    clock.advance(timedelta(days=1))
    company.confirmed("luc@example.com", kind="collaborateur", administrator=True, nom="Petit", prenom="Luc")
    company.opened("anne@example.com", as_=world.account("luc@example.com"), starts_on="2026-11-25")
    return company


FOUNDED = [
    ("patron1", "confirmation", "Claire Martin"),
    ("patron1", "identification", "Claire Martin"),
    ("patron1", "ouverture", "Référentiel de la caisse"),
]
ZOE = [
    ("zoe", "confirmation", "Claire Martin"),
    ("zoe", "identification", "Zoé Évrard"),
    ("zoe", "ouverture", "Claire Martin"),
]
LUC = [
    ("luc", "confirmation", "Claire Martin"),
    ("luc", "identification", "Luc Petit"),
    ("luc", "ouverture", "Claire Martin"),
]
ANNE = [("anne", "ouverture", "Luc Petit")]


def test_all_of_it_newest_first(busy: Company) -> None:
    assert acts(busy) == [*ANNE, *LUC, *ZOE, *FOUNDED]
    line = read(busy).json["items"][1]
    assert (line["nom"], line["prenom"], line["on_behalf_of"], line["changes"]) == ("Petit", "Luc", "entreprise", [])
    assert read(busy).json["items"][0]["nom"] is None  # Anne has not accepted


@pytest.mark.parametrize("size", [1, 2, 3, 7, 9, 10])
def test_its_pages_hold_each_line_once_whatever_is_written_meanwhile(busy: Company, size: int) -> None:
    whole, found, before, turn = acts(busy), list[tuple[str, str, str]](), "", 0
    while True:
        page = read(busy, f"page_size={size}&avant={before}" if before else f"page_size={size}").json
        found += [(one["email"].partition("@")[0], one["act"], one["author"]) for one in page["items"]]
        if turn == 0:
            busy.opened("plus.tard@example.com")
        turn, before = turn + 1, page["next"]
        if before is None:
            break
    assert found == whole and turn == -(-len(whole) // size)


FILTERS = [
    ("personne=evrard", ZOE),
    ("personne=PETIT luc", [*ANNE, *LUC]),  # what he did, and what was done for him
    ("personne=zoe@ex", ZOE),
    ("personne=%25", []),
    ("personne=-", []),
    ("personne=", [*ANNE, *LUC, *ZOE, *FOUNDED]),
    ("acte=identification", [LUC[1], ZOE[1], FOUNDED[1]]),
    ("acte=refus", []),
    ("acte=&du=&au=", [*ANNE, *LUC, *ZOE, *FOUNDED]),
    ("du=2026-11-25", [*ANNE, *LUC]),
    ("au=2026-11-23", FOUNDED),
    ("du=2026-11-24&au=2026-11-24", ZOE),
    ("personne=claire&acte=ouverture&du=2026-11-25", [LUC[2]]),
]


def test_filters_combine(busy: Company) -> None:
    for query, expected in FILTERS:
        assert acts(busy, query) == expected, query


def test_a_day_is_a_day_of_paris(company: Company, clock: FixedClock) -> None:
    clock.advance(timedelta(hours=14, minutes=30))  # 23:30 in UTC, half past midnight of the 24th in Paris
    company.opened("nuit@example.com", starts_on="2026-11-24")
    assert [one[0] for one in acts(company, "du=2026-11-24")] == ["nuit"]
    assert "nuit" not in [one[0] for one in acts(company, "au=2026-11-23")]


@pytest.mark.parametrize(
    "query",
    [
        *("du=hier", "du=0001-01-01", "au=9999-12-31", "acte=rien", "avant=3", "page_size=0", "page_size=501"),
        f"personne={'x' * 101}",
    ],
)
def test_what_is_no_filter_is_refused(company: Company, query: str) -> None:
    assert read(company, query).status == 422


def test_a_line_of_another_company_is_no_place_to_begin(company: Company, world: World) -> None:
    theirs = read(world.company(2), "page_size=1").json["next"]
    assert read(company, f"avant={theirs}").status == 404
    assert read(company, f"avant={new_id()}").status == 404


def test_an_administrator_of_the_firm_reads_what_is_below_his_own_and_finds_nobody_else(
    company: Company, world: World
) -> None:
    company.confirmed("cache@example.com", kind="collaborateur", nom="Secret", prenom="Anne")
    firm = Firm(company, world)
    child = firm.delegate()
    company.change(child, ends_on="2027-12-31")
    told = acts(company, "page_size=50", firm.account)
    assert {whose for whose, _, _ in told} == {"comptable", STAFF.partition("@")[0]}
    assert told[0] == (STAFF.partition("@")[0], "modification", "Un administrateur de l'entreprise")
    for hidden in ("secret", "cache", "patron1"):
        assert acts(company, f"personne={hidden}", firm.account) == []
    assert acts(company, "personne=secret") != []


def test_it_is_for_administrators(company: Company, world: World) -> None:
    company.confirmed("zoe@example.com", kind="collaborateur")
    assert read(company, as_=world.account("zoe@example.com")).status == 403
    assert read(company, as_=world.company(2).founder).status == 404
    assert read(company, as_=new_id()).status == 404

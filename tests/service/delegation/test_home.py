"""The home page of a site in one question: tiles by use and pinned, what awaits (G69)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock
from services.delegation.storage.tables import sites, uses
from tests.service.delegation.world import READ, TODAY, Company, World


def site_of(company: Company) -> UUID:
    found: UUID = company.world.scalar(sa.select(sites.c.id).where(sites.c.adherent_id == company.id).limit(1))
    return found


def home(company: Company, as_: UUID | None = None) -> Any:
    """The home page's answer."""
    who = as_ or company.founder
    answer = company.world.under.get(f"/v1/sites/{site_of(company)}/home", as_=who)
    assert answer.status == 200, answer.json
    return answer.json


def use(company: Company, *codes: str, as_: UUID | None = None) -> int:
    """Say that these were opened."""
    path = f"{company.path}/uses"
    return int(company.world.under.post(path, json={"codes": list(codes)}, as_=as_ or company.founder).status)


def pin(company: Company, code: str, end: str = "", as_: UUID | None = None) -> int:
    path = f"{company.path}/pins/{code}{end}"
    return int(company.world.under.post(path, as_=as_ or company.founder).status)


def in_(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def rows(world: World) -> int:
    return int(world.scalar(sa.select(sa.func.count()).select_from(uses)))


def test_a_home_page_says_all_that_its_site_says(company: Company, world: World) -> None:
    alone = world.under.get(f"/v1/sites/{site_of(company)}", as_=company.founder).json
    assert alone.items() <= home(company).items()


def test_the_home_page_of_somebody_else_is_not_found_aa23(company: Company, world: World) -> None:
    stranger = world.account("autre@example.com")
    assert world.under.get(f"/v1/sites/{site_of(company)}/home", as_=stranger).status == 404
    assert use(company, "mes_documents", as_=stranger) == 404
    assert pin(company, "mes_documents", as_=stranger) == 404


def test_g69_tiles_follow_use_from_the_next_session_on(company: Company, world: World, clock: FixedClock) -> None:
    world.under.proved_at = clock.now()
    clock.advance(timedelta(minutes=5))
    assert use(company, "mes_documents") == 204
    assert home(company)["used"] == [], "nothing moves within a session"
    clock.advance(timedelta(days=1))
    world.under.proved_at = clock.now()
    use(company, "mes_documents", "mes_telepaiements")
    assert home(company)["used"] == ["mes_documents"]
    clock.advance(timedelta(hours=1))
    world.under.proved_at = clock.now()
    assert home(company)["used"] == ["mes_documents", "mes_telepaiements"]


def test_g69_a_function_is_counted_once_a_day(company: Company, world: World, clock: FixedClock) -> None:
    for _ in range(3):
        assert use(company, "mes_documents", "mes_documents") == 204
    assert rows(world) == 1
    clock.advance(timedelta(days=1))
    use(company, "mes_documents")
    assert rows(world) == 2


def test_g69_the_last_day_of_use_is_kept_when_older_ones_are_forgotten(
    company: Company, world: World, clock: FixedClock
) -> None:
    use(company, "mes_documents", "mes_telepaiements")
    clock.advance(timedelta(days=200))
    use(company, "mes_documents")
    last = sa.select(uses.c.code, sa.func.max(uses.c.day), sa.func.count()).group_by(uses.c.code).order_by(uses.c.code)
    with world.under.engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(last)]
    assert found == [("mes_documents", TODAY + timedelta(days=200), 1), ("mes_telepaiements", TODAY, 1)]


def test_what_one_has_no_right_to_is_not_counted(company: Company, world: World) -> None:
    company.confirmed("comptable@example.com", rights=READ)
    accountant = world.account("comptable@example.com")
    assert use(company, "mes_telepaiements", "administration", as_=accountant) == 204
    assert rows(world) == 0


@pytest.mark.parametrize("codes", [[], ["mes_vacances"], ["mes_documents"] * 99, "mes_documents", [None]])
def test_what_is_no_function_is_refused(company: Company, world: World, codes: Any) -> None:
    answer = world.under.post(f"{company.path}/uses", json={"codes": codes}, as_=company.founder)
    assert (answer.status, rows(world)) == (422, 0)


def test_g69_pinned_tiles_stay_in_the_order_in_which_they_were(company: Company, clock: FixedClock) -> None:
    for code in ("suivi_dsn", "mes_documents", "suivi_dsn"):
        assert pin(company, code) == 204
        clock.advance(timedelta(seconds=1))
    assert home(company)["pinned"] == ["suivi_dsn", "mes_documents"]
    assert (pin(company, "suivi_dsn", "/end"), pin(company, "suivi_dsn", "/end")) == (204, 204)
    assert home(company)["pinned"] == ["mes_documents"]
    assert pin(company, "mes_vacances") == 404


def test_uses_and_pins_are_each_persons_and_each_companys(company: Company, world: World) -> None:
    other = world.company(2)
    company.confirmed("comptable@example.com")
    pin(company, "mes_documents")
    assert home(company, world.account("comptable@example.com"))["pinned"] == []
    assert home(other)["pinned"] == []


def test_what_awaits_is_what_the_list_offers_to_confirm(company: Company, world: World) -> None:
    waiting = company.opened("claire@example.com", kind="collaborateur", ends_on=in_(200))
    world.identify(waiting, "claire@example.com")
    company.opened("invite@example.com", kind="collaborateur")
    company.confirmed("anne@example.com", kind="collaborateur", ends_on=in_(30))
    company.confirmed("paul@example.com", kind="collaborateur", ends_on=in_(31))
    company.confirmed("luc@example.com", kind="collaborateur", starts_on=in_(2), ends_on=in_(3))
    told = home(company)
    offered = [
        one["delegation_id"] for one in company.list("page_size=50").json["items"] if "confirmer" in one["actions"]
    ]
    assert [one["delegation_id"] for one in told["to_confirm"]["items"]] == offered == [waiting]
    assert (told["to_confirm"]["total"], told["to_confirm"]["items"][0]["nom"]) == (1, "Martin")
    assert [(one["email"], one["ends_on"]) for one in told["ending"]["items"]] == [("anne@example.com", in_(30))]
    assert told["own_end"] is None


def test_who_administers_nothing_is_told_of_his_own_end_alone(company: Company, world: World) -> None:
    waiting = company.opened("claire@example.com", kind="collaborateur")
    world.identify(waiting, "claire@example.com")
    company.confirmed("anne@example.com", kind="collaborateur", ends_on=in_(30))
    told = home(company, world.account("anne@example.com"))
    assert told["to_confirm"] == told["ending"] == {"total": 0, "items": []}
    assert told["own_end"] == in_(30)


def test_the_firm_is_told_of_what_stands_under_its_own_alone_k10(company: Company, world: World) -> None:
    company.confirmed("chef@example.com", administrator=True)
    chief = world.account("chef@example.com")
    company.confirmed("salarie@example.com", kind="collaborateur", ends_on=in_(10))
    under_it = company.opened("aide@example.com", as_=chief, ends_on=in_(10))
    world.identify(under_it, "aide@example.com")
    told = home(company, chief)
    assert [one["email"] for one in told["to_confirm"]["items"]] == ["aide@example.com"]
    assert told["ending"]["total"] == 0
    assert home(company)["ending"]["total"] == 1


def test_at_most_five_are_named_and_all_are_counted(company: Company) -> None:
    for number in range(7):
        company.confirmed(f"p{number}@example.com", kind="collaborateur", ends_on=in_(number))
    told = home(company)["ending"]
    assert (told["total"], len(told["items"])) == (7, 5)
    assert [date.fromisoformat(one["ends_on"]) for one in told["items"]] == [TODAY + timedelta(n) for n in range(5)]

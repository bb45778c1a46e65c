"""Who has no site yet is told what comes, and on which day."""

from datetime import timedelta

from tests.service.delegation.world import TODAY, Company, World

LATER = (TODAY + timedelta(days=8)).isoformat()
CLAIRE = "comptable@example.com"


def awaited(world: World, email: str = CLAIRE) -> list[tuple[str, str]]:
    answer = world.under.get("/v1/awaited", as_=world.account(email))
    assert answer.status == 200
    return [(one["statut"], one["starts_on"]) for one in answer.json["items"]]


def test_what_waits_for_the_company_and_then_for_its_day_and_is_open(company: Company, world: World) -> None:
    held = company.opened(starts_on=LATER)
    assert awaited(world) == []  # nobody is identified: it is no one's to read (K14)
    world.identify(held, CLAIRE)
    assert awaited(world) == [("En attente", LATER)]
    company.act(held, "confirmation")
    assert awaited(world) == [("À venir", LATER)]
    world.under.clock.advance(timedelta(days=8))
    assert awaited(world) == []


def test_what_is_over_is_not_awaited(company: Company, world: World) -> None:
    for email, what in (("a@example.com", "refusal"), ("b@example.com", "closing")):
        held = company.opened(email, starts_on=LATER)
        world.identify(held, email)
        company.act(held, what)
        assert awaited(world, email) == []


def test_another_ones_are_not_mine(company: Company, world: World) -> None:
    company.confirmed("a@example.com", starts_on=LATER)
    assert awaited(world) == []

"""A form pressed twice gets the answer of the first press, whatever that changed: a dead link, another version (C3)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from gateway.clients.problem import UNKNOWN
from tests.gateway.examples import ACTIVE, ADHERENT, PEOPLE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal
from tests.gateway.refusal import refusal
from tests.gateway.test_two_tabs import ACTS, M3

LOOKUPS = {
    "POST /invitations/complete": "POST /invitations/lookup",
    "POST /password-resets/complete": "POST /password-resets/lookup",
    "POST /identifier-changes/activation": "POST /identifier-changes/activation/lookup",
    "POST /identifier-changes/undo": "POST /identifier-changes/undo/lookup",
    "POST /certifications/complete": "POST /certifications/lookup",
}
DEAD = refusal(410, "lien_perime", M3)
CHANGE = f"/adherents/{ADHERENT}/delegations/{ACTIVE}"


def used_once(services: FakeServices, call: str, lost: int = 0) -> None:
    """The link of `call` dies with its first use, and the key of that use is given its answer again."""
    answer, keys, left = services.answers[call], set[str](), [lost]

    def act(_query: dict[str, str]) -> Any:
        keys.add(services.calls[-1].headers["Idempotency-Key"])
        services.answers[LOOKUPS[call]] = DEAD
        if len(keys) > 1:
            return DEAD
        if left[0]:
            left[0] -= 1
            raise httpx.ReadTimeout("lost")
        return answer

    services.answers[call] = act


@pytest.mark.parametrize("purpose", ACTS)
def test_a_link_used_by_a_form_pressed_twice_is_told_as_used_twice_the_same(
    visitor: Portal, services: FakeServices, purpose: str
) -> None:
    call, fields = ACTS[purpose]
    used_once(services, call)
    page, key = visitor.follow(purpose), str(uuid4())
    first, second = (visitor.post(page, cle=key, **fields).location for _ in range(2))
    assert first == second


@pytest.mark.parametrize("purpose", ACTS)
def test_reloading_the_unknown_result_of_a_link_tells_what_came_of_it(
    visitor: Portal, services: FakeServices, purpose: str
) -> None:
    call, fields = ACTS[purpose]
    used_once(services, call, lost=2)
    page, key = visitor.follow(purpose), str(uuid4())
    assert UNKNOWN in visitor.post(page, status=503, cle=key, **fields).text
    visitor.post(page, cle=key, **fields)


@pytest.mark.parametrize("purpose", ACTS)
def test_a_used_link_is_dead_to_every_other_form(visitor: Portal, services: FakeServices, purpose: str) -> None:
    call, fields = ACTS[purpose]
    used_once(services, call)
    page = visitor.follow(purpose)
    visitor.post(page, cle=str(uuid4()), **fields)
    asked = len(services.called(call))
    assert M3 in visitor.post(page, status=410, cle=str(uuid4()), **fields).text
    assert M3 in visitor.get(page, 410).text
    assert len(services.called(call)) == asked


@pytest.mark.parametrize("purpose", ["invitation", "reinitialisation"])
def test_a_form_that_lacks_something_on_a_dead_link_says_that_the_link_is_dead(
    visitor: Portal, services: FakeServices, purpose: str
) -> None:
    page = visitor.follow(purpose)
    services.refuse(LOOKUPS[ACTS[purpose][0]], 410, "lien_perime", M3)
    assert M3 in visitor.post(page, status=410, nom="").text


def changing(services: FakeServices, **became: Any) -> Callable[[dict[str, str]], Any]:
    """A change that is made: the delegation is another version from then on."""

    def change(_query: dict[str, str]) -> Any:
        services.answers[f"GET {CHANGE}"] = (200, {**PEOPLE[1], "version": 4, **became})
        return 204, None

    return change


@pytest.mark.parametrize(
    ("typed", "became"),
    [
        ({"ends_on": "31/12/2027", "sans_fin": "1"}, {"ends_on": None}),
        ({"ends_on": ""}, {"ends_on": "2027-12-31"}),
    ],
)
def test_the_end_of_a_delegation_is_judged_by_what_the_form_showed(
    portal: Portal, services: FakeServices, typed: dict[str, str], became: dict[str, Any]
) -> None:
    before = None if became["ends_on"] else "2027-12-31"
    services.answers[f"GET {CHANGE}"] = (200, {**PEOPLE[1], "ends_on": before})
    services.answers[f"PUT {CHANGE}"] = changing(services, **became)
    form = {"starts_on": "16/04/2019", "version": "3", "colleges": "etam", "droit_mes_documents": "consultation"}
    key = str(uuid4())
    first, second = (
        portal.post(f"{SPACE}/droits/{ACTIVE}/modifier", cle=key, **form, **typed).location for _ in range(2)
    )
    assert first == second

"""A form that gives its session another id, sent again because its answer was lost: it goes on, and tells what it did.

« Valider » of the choice, and what carries the password (C7, C8, C3): the browser still holds the id of before.
"""

from uuid import UUID, uuid4

import pytest

from gateway.kit.session import COOKIE
from tests.gateway.portal import Portal
from tests.service.together.pages import Pages
from tests.service.together.system import PASSWORD

BOSS, ADJOINT = "patron@example.com", "adjoint@example.com"
HOST = {"domain": "espace.example.com", "secure": True}


class Held:
    """A browser that can be given back the id it held before."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.adherent, self.boss = pages.founded(BOSS)
        self.portal: Portal = pages.browser(BOSS)
        self.space = pages.space(self.portal)

    @property
    def id(self) -> str:
        """The id of the session that the browser holds."""
        cookie = self.portal.client.get_cookie(COOKIE, domain="espace.example.com")
        assert cookie is not None
        return str(cookie.value)

    def lose(self, id: str) -> None:
        """The answer never reached the browser: it holds that id."""
        self.portal.client.set_cookie(COOKIE, id, **HOST)  # type: ignore[arg-type]

    def choose(self, key: str, status: int = 303) -> str:
        """« Valider » of the choice; where it leads."""
        return self.portal.post("/choix", status=status, cle=key, site=self.space.split("/")[-1]).location

    def sessions(self) -> int:
        """How many sessions the person has, as her account says."""
        answer = self.pages.identity.get("/v1/account/sessions", as_=self.boss)
        return int(answer.json["total"])


@pytest.fixture
def held(pages: Pages) -> Held:
    """The founder, logged in."""
    return Held(pages)


def test_valider_of_the_choice_again_and_again_leads_where_it_led(held: Held) -> None:
    before, key = held.id, str(uuid4())
    first, after = held.choose(key), held.id
    assert after != before
    for _ in range(3):
        held.lose(before)
        assert (held.choose(key), held.id) == (first, after)
    assert held.sessions() == 1


def test_the_id_of_before_is_dead_for_everything_else(held: Held) -> None:
    before, key = held.id, str(uuid4())
    held.choose(key)
    held.lose(before)
    assert held.portal.get("/mon-compte", 302).location.startswith("/connexion")
    for other in (str(uuid4()), "illisible"):
        held.lose(before)
        assert held.choose(other, 302).startswith("/connexion")
    held.lose(before)
    held.pages.wait(minutes=2)
    assert held.choose(key, 302).startswith("/connexion")


def test_what_carried_the_password_is_done_once_and_told_as_done(held: Held) -> None:
    held.pages.wait(minutes=10)
    page = f"{held.space}/droits/nouvelle/etape-2"
    typed = {"email": ADJOINT, "kind": "collaborateur", "starts_on": "23/11/2026", "ends_on": "", "etape": "2"}
    typed |= {"administrator": "1", "mot_de_passe": PASSWORD}
    before, key = held.id, str(uuid4())
    first = held.portal.post(page, cle=key, **typed).location
    after = held.id
    held.lose(before)
    assert held.portal.post(page, cle=key, **typed).location == first
    assert held.id == after != before
    assert "La délégation est enregistrée." in held.portal.get(first).text
    assert len([row for row in held.pages.rows(held.adherent) if row["email"] == ADJOINT]) == 1


def test_an_answer_lost_between_the_page_and_identity_is_found_by_reloading(held: Held) -> None:
    line, key = held.pages.lines["identity"], str(uuid4())
    line.cuts, line.path = 1, "/sessions/rotate"
    held.choose(key, 503)
    assert UUID(key) and held.choose(key).startswith(held.space)

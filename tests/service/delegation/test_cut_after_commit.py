"""The line is cut after the commit: the page asks again with the key of its form, and tells what happened (C3)."""

from uuid import UUID, uuid4

import httpx
import pytest
from flask.testing import FlaskClient

from backbone.ids import new_id
from backbone.testing import tokens
from gateway.app import build
from gateway.clients.problem import UNKNOWN
from gateway.session import COOKIE
from gateway.settings import Settings
from tests.gateway.portal import Portal
from tests.service.delegation.world import READ, Company, World

SITE_OF = "/v1/sites"


class Cut(httpx.BaseTransport):
    """The real service behind a line that loses the answers to the next `cuts` posts, once they are made."""

    def __init__(self, world: World) -> None:
        self._inner, self.cuts = httpx.WSGITransport(app=world.under.app), 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        answer.read()
        if request.method == "POST" and self.cuts:
            self.cuts -= 1
            raise httpx.ReadTimeout("the line was cut", request=request)
        return answer


@pytest.fixture
def line(world: World) -> Cut:
    """The line to delegation."""
    return Cut(world)


@pytest.fixture
def portal(company: Company, world: World, line: Cut) -> Portal:
    """The founder in front of the pages, on the real service."""
    person = {"account_id": str(company.founder), "email": "patron1@example.com", "nom": "Durand", "prenom": "Paul"}

    def identity(_request: httpx.Request) -> httpx.Response:
        token = tokens.user_token(company.founder, new_id(), world.under.clock.now())
        return httpx.Response(200, json={"access_token": token, "account": person})

    transports = {"identity": httpx.MockTransport(identity), "delegation": line}
    app = build(Settings.of(secret_key="x" * 32, trusted_proxies=1), transports=transports, clock=world.under.clock)
    client: FlaskClient = app.test_client()
    client.set_cookie(COOKIE, "session-en-cours", domain="espace.example.com", secure=True)
    return Portal(client)


def opening(company: Company, world: World) -> tuple[str, dict[str, object]]:
    """The address and the fields of step 2 of « Déléguer des droits »."""
    site = world.under.get(SITE_OF, as_=company.founder).json["items"][0]["site_id"]
    fields = {"email": "comptable@example.com", "starts_on": "2026-11-23", "ends_on": "", "kind": "collaborateur"}
    rights = {f"droit_{code}": level for code, level in READ.items()}
    return f"/espace/{company.id}/{site}/droits/nouvelle/etape-2", {
        **fields,
        **rights,
        "etape": "2",
        "colleges": "etam",
    }


def test_a_delegation_opened_before_the_cut_is_opened_once_and_told(
    portal: Portal, company: Company, world: World, line: Cut
) -> None:
    page, fields = opening(company, world)
    line.cuts = 1
    portal.post(page, cle=str(uuid4()), **fields)
    assert world.events() == ["delegation.opened"]
    assert "La délégation est enregistrée." in portal.get(page.replace("/nouvelle/etape-2", "")).text


def test_cut_twice_it_says_so_and_reloading_the_page_tells_the_truth(
    portal: Portal, company: Company, world: World, line: Cut
) -> None:
    page, fields = opening(company, world)
    key, line.cuts = str(uuid4()), 2
    assert UNKNOWN in portal.post(page, status=503, cle=key, **fields).text
    portal.post(page, cle=key, **fields)
    assert world.events() == ["delegation.opened"]


def test_a_confirmation_made_before_the_cut_is_not_told_as_somebody_elses(
    portal: Portal, company: Company, world: World, line: Cut
) -> None:
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    page = f"/delegations/{delegation_id}/confirmation"
    shown, line.cuts = portal.get(page).field("version"), 1
    portal.post(page, decision="confirmer", version=shown, cle=str(uuid4()))
    assert "La délégation est confirmée." in portal.get(page).text
    assert company.see(UUID(delegation_id)).json["statut"] == "Actif"


def test_a_reduction_between_the_page_and_confirmer_is_shown_and_decided_again(
    portal: Portal, company: Company, world: World
) -> None:
    firm = company.confirmed("cabinet@example.com", administrator=True)
    child = company.opened(as_=world.account("cabinet@example.com"))
    world.identify(child, "comptable@example.com")
    page = f"/delegations/{child}/confirmation"
    shown = portal.get(page).field("version")
    company.change(firm, ends_on="2026-12-31")
    again = portal.post(page, status=412, decision="confirmer", version=shown)
    assert "Date de fin : 31/12/2026 (avant : aucune)." in again.text
    assert company.see(child).json["statut"] == "En attente"
    portal.post(page, decision="confirmer", version=again.field("version"))
    assert company.see(child).json["statut"] == "Actif"

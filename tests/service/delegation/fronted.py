"""The gateway in front of a real delegation, for one person of a company."""

from typing import Any

import httpx

from backbone.ids import new_id
from backbone.testing import tokens
from gateway.app import build
from gateway.kit.session import COOKIE
from gateway.settings import Settings
from tests.gateway.portal import Portal
from tests.service.delegation.world import Company, World


def fronted(world: World, company: Company, line: httpx.BaseTransport) -> tuple[Portal, str]:
    """A browser where the founder of `company` is logged in, and the address of his first site."""
    person = {"account_id": str(company.founder), "email": "patron1@example.com", "nom": "Durand", "prenom": "Paul"}

    def identity(_request: httpx.Request) -> httpx.Response:
        token = tokens.user_token(company.founder, new_id(), world.under.clock.now())
        return httpx.Response(200, json={"access_token": token, "account": person})

    transports: dict[str, Any] = {"identity": httpx.MockTransport(identity), "delegation": line}
    settings = Settings.of(secret_key="x" * 32, trusted_proxies=1)
    client = build(settings, transports=transports, clock=world.under.clock).test_client()
    client.set_cookie(COOKIE, "session-en-cours", domain="espace.example.com", secure=True)
    site = world.under.get("/v1/sites", as_=company.founder).json["items"][0]
    return Portal(client), f"/espace/{company.id}/{site['site_id']}"

"""A letter whose files are far too much, sent without JavaScript through the real edge: its words are there again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.edge.conftest import Edge
from tests.edge.conftest import start_edge as start_edge
from tests.edge.conftest import upstreams as upstreams
from tests.gateway.examples import ADHERENT, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.test_browser import address as address

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
WRITE = f"POST /adherents/{ADHERENT}/messages"
PLENTY = {"EDGE_RATE": "1000", "EDGE_BURST": "1000", "EDGE_GUESS_RATE": "500", "EDGE_GUESS_BURST": "500"}


@pytest.fixture
def edge(start_edge: Callable[..., Edge], address: str) -> Iterator[str]:
    """The address of an edge that has the gateway behind it."""
    yield start_edge(GATEWAY_ADDRESS=address.removeprefix("http://"), **PLENTY).url


def test_m11_words_beside_100_mb_of_files_are_there_again(
    browser: Browser, edge: str, services: FakeServices, tmp_path: Path
) -> None:
    page = browser.new_context(base_url=edge, locale="fr-FR", java_script_enabled=False).new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill("durand@example.com")
    page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
    page.get_by_role("button", name="Connexion").click()
    page.goto(f"{SPACE}/contact")
    page.get_by_label("Objet*").fill("Retard de paiement")
    page.get_by_label("Message*").fill("Où en est mon dossier ?")
    (tmp_path / "gros.pdf").write_bytes(bytes(100 * 1024 * 1024))
    page.locator("input[type=file]").set_input_files(tmp_path / "gros.pdf")
    page.locator("[name=consentement]").check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Vos fichiers ne sont pas envoyés")).to_be_visible(timeout=60_000)
    expect(page.get_by_label("Objet*")).to_have_value("Retard de paiement")
    expect(page.get_by_label("Message*")).to_have_value("Où en est mon dossier ?")
    assert services.called(WRITE) == []

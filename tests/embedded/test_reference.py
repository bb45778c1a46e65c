"""`/_docs`: the APIs as they are served and the events as they are declared, in development alone (developer pages)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from werkzeug.test import Client

from backbone.web import api_document
from contracts import REGISTRY
from contracts.words.services import SERVICES
from embedded.folder import Folder
from embedded.system import System
from tests.gateway.browser import faults, out, served

PAGES = ("", *SERVICES, "evenements")


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The embedded system, not started: these pages need no worker."""
    folder = Folder(tmp_path_factory.mktemp("reference") / "var")
    folder.take()
    made = System(folder, "http://127.0.0.1:8080")
    yield made
    for service in made.services.values():
        service.engine.dispose()
    folder.release()


@pytest.mark.parametrize("name", SERVICES)
def test_every_operation_of_a_service_is_there_with_its_answers(system: System, name: str) -> None:
    html = Client(system.wsgi).get(f"/_docs/{name}").text
    document = api_document(system.apis[name])
    for path, item in document["paths"].items():
        for method in set(item) - {"parameters"}:
            assert f"<strong>{method.upper()}</strong> {path}</code>" in html
    shapes = [shape for shape, one in document["components"]["schemas"].items() if one.get("properties")]
    assert shapes and all(f'id="{shape}"' in html for shape in shapes)
    assert "non_authentifie" in html


def test_every_event_is_there_with_who_hears_it(system: System) -> None:
    html = Client(system.wsgi).get("/_docs/evenements").text
    for card in REGISTRY.cards.values():
        assert f'id="{card.type}"' in html and f"Lu par {', '.join(card.consumers)}." in html


def test_the_services_lead_to_their_pages(system: System) -> None:
    client = Client(system.wsgi)
    html = client.get("/_docs/").text
    assert all(f'href="/_docs/{name}"' in html for name in PAGES if name)
    assert client.get("/_docs/none").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(system: System, browser: Browser, scheme: str) -> None:
    with served(system.wsgi) as url:  # type: ignore[arg-type]
        with browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 800}) as context:
            page = context.new_page()
            for name in PAGES:
                page.goto(f"{url}/_docs/{name}")
                page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                assert out(page) == [], name
                if name in ("", "notification"):  # the smallest of its template: axe reads each node
                    assert faults(page) == [], name

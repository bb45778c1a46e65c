"""`/_gallery`: every shared component and every message is there, in development alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from playwright.sync_api import Browser
from werkzeug.test import Client

from embedded import gallery
from embedded.folder import Folder
from embedded.gallery.messages import MESSAGES, Templates, preview
from embedded.system import System
from services.notification.messages import KINDS
from tests.gateway.browser import faults, served
from tests.gateway.portal import Shown, check_page
from tests.house.sources import ROOT

# What other templates import.
SHARED = (
    *("macros.html", "champs.html", "listes.html", "resume.html", "matrice.html", "suivi_macros.html"),
    *("a_revoir.html", "evenement.html", "mandat_resume.html", "piece.html", "profils_choix.html"),
)
PAGES = ROOT / "gateway" / "templates"
SHOWN = Path(gallery.__file__).parent / "templates" / "galerie" / "composants.html"
URL = "http://127.0.0.1:8080"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The embedded system, not started: pages need no worker."""
    folder = Folder(tmp_path_factory.mktemp("gallery") / "var")
    folder.take()
    made = System(folder, URL)
    yield made
    for service in made.services.values():
        service.engine.dispose()
    folder.release()


@pytest.fixture
def client(system: System) -> Client:
    return Client(system.wsgi)


def parsed(file: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))


def test_the_components_are_a_page_as_every_other(client: Client) -> None:
    answer = client.get("/_gallery/", base_url=URL)
    assert answer.status_code == 200 and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    check_page(Shown(answer))


@pytest.mark.parametrize("file", SHARED)
def test_every_shared_macro_is_shown(file: str) -> None:
    macros = {macro.name for macro in parsed(PAGES / file).find_all(nodes.Macro)}
    there = {name for name in macros if not name.startswith("_")}
    called = {call.node for call in parsed(SHOWN).find_all(nodes.Call)}
    shown = {node.name for node in called if isinstance(node, nodes.Name)}
    shown |= {node.attr for node in called if isinstance(node, nodes.Getattr)}
    assert there <= shown, f"{file}: {sorted(there - shown)}: show it, in its states, in {SHOWN.relative_to(ROOT)}."


def test_what_other_templates_import_is_what_is_shared() -> None:
    named = {
        one.template.value
        for file in PAGES.rglob("*.html")
        for one in parsed(file).find_all((nodes.FromImport, nodes.Import))
        if isinstance(one.template, nodes.Const)
    }
    assert named == set(SHARED), "a file of shared macros is one of SHARED, and shown."


def test_every_message_is_listed_and_shown_as_it_is_written(client: Client) -> None:
    listed, templates = client.get("/_gallery/messages/").text, Templates(public_url=URL)
    for kind in KINDS.values():
        assert f'href="/_gallery/messages/{kind.name}"' in listed and (MESSAGES / kind.name).is_dir()
        shown = client.get(f"/_gallery/messages/{kind.name}")
        assert shown.status_code == 200 and ("iframe" in shown.text.partition("</head>")[2]) is (kind.medium == "email")
        if kind.medium == "email":
            html = client.get(f"/_gallery/messages/{kind.name}/html")
            assert html.text == preview(templates, kind).html
            assert "script-src" not in html.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/_gallery/messages/none", "/_gallery/messages/none/html", "/_gallery/none"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path, base_url=URL).status_code == 404


def test_it_is_in_no_image_and_the_gateway_alone_has_no_such_page() -> None:
    from gateway.app import build
    from gateway.settings import Settings

    app = build(Settings.of(secret_key="x" * 32))
    assert app.test_client().get("/_gallery/").status_code == 404
    kept = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if "/source/" in line]
    assert kept and not [line for line in kept if "embedded" in line]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(system: System, browser: Browser, scheme: str) -> None:
    with served(system.wsgi) as url, browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{url}/_gallery/")
        assert faults(page) == []
        page.goto(f"{url}/_gallery/messages/")
        assert faults(page) == []

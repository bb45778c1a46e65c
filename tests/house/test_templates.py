"""Every template parses, is used by something, links to pages that exist, and carries no script or style of its own."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import nodes

from tests.house.sources import ROOT, committed

FOLDER = ROOT / "gateway" / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\son[a-z]+=|\sstyle=", re.IGNORECASE)


@pytest.fixture(scope="module")
def app() -> Flask:
    """The gateway."""
    from gateway.app import build
    from gateway.settings import Settings

    return build(Settings.of(secret_key="x" * 32))


def endpoints(template: nodes.Template) -> Iterator[str]:
    """The pages a template links to by url_for, where it names them literally."""
    for call in template.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "url_for" and call.args:
            if isinstance(call.args[0], nodes.Const):
                yield str(call.args[0].value)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_parses_and_links_to_pages_that_exist(app: Flask, name: str) -> None:
    parsed = app.jinja_env.parse((FOLDER / name).read_text(encoding="utf-8"))
    app.jinja_env.get_template(name)
    dead = [one for one in endpoints(parsed) if not one.startswith(".") and one not in app.view_functions]
    assert not dead, f"{name} links to {dead}, which is no page."


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_carries_no_script_or_style_of_its_own(name: str) -> None:
    found = INLINE.search((FOLDER / name).read_text(encoding="utf-8"))
    assert not found, f"{name}: {found and found.group()}: the CSP forbids it; put it in static/."


def test_no_template_is_left_over() -> None:
    sources = [path for path in committed() if path.parts[0] == "gateway" and path.suffix in (".py", ".html")]
    text = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in sources)
    unused = [
        name for name in TEMPLATES if name not in text and name.rpartition("/")[2].removesuffix(".html") not in text
    ]
    assert not unused, f"{unused}: no page renders or includes it."


def test_a_form_that_filters_a_list_brings_its_lines_in_place() -> None:
    lists = {name: text for name in TEMPLATES if "#resultats" in (text := read(name)) or 'id="resultats"' in text}
    forms = [(name, form) for name, text in lists.items() for form in re.findall(r'<form method="get".*', text)]
    assert len(forms) > len(("choix", "contacter", "droits", "historique", "qui_pouvait", "revue", "suivi_dsn"))
    whole = [f"{name}: {form}" for name, form in forms if "{{ sur_place(" not in form]
    assert not whole, f"{whole}: it loads the whole page: sur_place() of listes.html."
    without = sorted(name for name, _ in forms if name != "listes.html" and "vendor/htmx" not in lists[name])
    assert not without, f"{without}: nothing there reads what sur_place() writes: {{% block scripts %}}."
    own = [name for name, text in lists.items() if name != "listes.html" and "hx-get" in text]
    assert not own, f"{own}: sur_place() of listes.html says it once."


def read(name: str) -> str:
    """The source of a template."""
    return (FOLDER / name).read_text(encoding="utf-8")

"""A page of a site: its route, its template, its help, its tests, its line in the guide's table."""

from pathlib import Path

from scripts.new import edits, names
from scripts.new.draft import Draft, Refused, Wish, filled


def draft(root: Path, wish: Wish) -> Draft:
    """The files of the page `wish.name`, whose title is `wish.title`."""
    name = names.plain(wish.name, "mes_documents")
    title, path = names.title(wish.title, name), name.replace("_", "-")
    if wish.service:
        raise Refused("a page belongs to the gateway, which asks the services: no SERVICE=.")
    words = {"name": name, "title": title, "path": path}
    made = Draft(root)
    made.make(f"gateway/pages/{name}.py", "page.txt", **words)
    made.make(f"gateway/templates/{name}.html", "page_html.txt", **words)
    made.make(f"gateway/content/aide/{path}.toml", "page_help.txt", **words)
    made.make(f"tests/gateway/test_{name}.py", "page_test.txt", **words)
    made.change("gateway/pages/__init__.py", lambda text: _registered(text, name))
    opened = f'f"{{SPACE}}/{path}"'
    made.change("tests/gateway/test_every_page.py", lambda text: edits.item(text, "OF_A_SITE", opened))
    row = f"| « {title} » | – | `{name}.py`, `{name}.html` | `test_{name}` |"
    made.change("docs/guide.md", lambda text: edits.last_row(text, row))
    made.left = filled("page_left.txt", **words).split("\n\n")
    return made


def _registered(text: str, name: str) -> str:
    line = f"from gateway.pages.{name} import blp as {name}"
    return edits.import_line(edits.item(text, "BLUEPRINTS", name), line)

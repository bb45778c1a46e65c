"""The pages in a real Chromium, served on 127.0.0.1 over the example services."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from werkzeug.serving import make_server

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text()
OUT = (Path(__file__).parent / "out_of_place.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of `app`, served by threads until the end of the block."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong on the page shown, in short."""
    # The page's own CSP forbids foreign scripts; evaluate() runs outside of it.
    page.evaluate(f"{AXE}; undefined")
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    return [f"{v['id']}: {node['target']} {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


def out(page: Page) -> list[str]:
    """What of the page shown does not find its place (WCAG 1.4.10): see `out_of_place.js`."""
    found: list[str] = page.evaluate(OUT)
    return found

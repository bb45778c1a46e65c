"""Every screen on the real services, in a real browser: it opens without a script error, and has its picture."""

import base64
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.screens.places import BESIDE, SCREENS, picture
from tests.screens.world import World

pytestmark = pytest.mark.timeout(600)
LARGEST, QUALITY, TALLEST = 100_000, 25, 1900
SIZES = """() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight, innerHeight]"""
ANSWERS = {"erreur": 404, "arret.page": 410}  # 200 otherwise


def test_every_screen_opens_and_has_its_picture(world: World, tmp_path: Path) -> None:
    """Into the folder that SCREENS names (`make pictures`), else the test's own."""
    folder = Path(os.environ.get("SCREENS", tmp_path))
    for name, (who, path) in (SCREENS | BESIDE).items():
        page = world.people[who].page
        shown = page.goto(world.people[who].system.url + address(path, world))
        assert shown and shown.status == ANSWERS.get(name, 200), (name, shown and shown.status)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        taken = photograph(page)
        assert 1_000 < len(taken) < LARGEST, (name, len(taken))
        (folder / picture(name)).write_bytes(taken)


def address(path: str, world: World) -> str:
    """The path of a screen, without the system's own address where a mail said the whole."""
    found = path.format(**world.named)
    return found[found.index("/", found.index("//") + 2) :] if found.startswith("http") else found


def photograph(page: Page) -> bytes:
    """The whole page, small (WebP)."""
    wide, tall, seen = page.evaluate(SIZES)
    height = seen if page.locator("dialog:modal").count() else min(tall, TALLEST)  # below, nothing covers the page
    clip = {"x": 0, "y": 0, "width": wide, "height": height, "scale": 1}
    session = page.context.new_cdp_session(page)
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    taken = session.send("Page.captureScreenshot", asked)
    session.detach()
    return base64.b64decode(taken["data"])

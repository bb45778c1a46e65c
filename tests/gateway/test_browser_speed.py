"""What Chromium says of a first load: nothing moves on any screen, it paints soon, it fetches little."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route

from tests.gateway.browser import served
from tests.gateway.examples import SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.pages_looked_at import PAGES as LOOKED_AT
from tests.support.ports import patience

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
PAGES = [
    "/choix",
    f"{SPACE}/",
    f"{SPACE}/suivi-dsn",
    f"{SPACE}/documents-recents",
    f"{SPACE}/droits",
    f"{SPACE}/droits/nouvelle",
    f"{SPACE}/contact",
    "/mon-compte",
    "/questions-reponses",
    "/nouveautes",
    "/nouveautes?edition=2026-11-26",
]
PAINTED = 1000  # milliseconds, on a machine that does nothing else
MOST_REQUESTS, MOST_BYTES = 8, 60 * 1024  # of a first load: what travels, without the heads of HTTP
# Before the page begins: every shift is kept, whoever causes it.
WATCH = """
globalThis.shifts = [];
const what = ({ node, previousRect: was, currentRect: is }) =>
  `${node?.nodeName} ${node?.className ?? ""} from ${was.x},${was.y} to ${is.x},${is.y}`;
const note = (all) => {
  for (const one of all) shifts.push(`${one.value}: ${one.sources.map(what).join("; ")}`);
};
globalThis.watch = new PerformanceObserver((list) => note(list.getEntries()));
watch.observe({ type: "layout-shift", buffered: true });
"""
# A machine that is slow paints a page before it has read it to its end, and the foot grows as it comes: that is HTML
# on its way, and nobody's fault. What moves once it is there counts.
READ = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  while (document.readyState === "loading") await frame();
  await frame();
  await frame();
  watch.takeRecords();
  shifts.length = 0;
}"""
# Painted before any script: what it does then to what is seen already is a shift.
PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  if (!list.getEntriesByName("first-contentful-paint").length) return;
  requestAnimationFrame(() => requestAnimationFrame(done));
}).observe({ type: "paint", buffered: true }))"""
# Two frames after it was painted with all that it asked for, every shift of it was told.
SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const loads = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {
    shifts,
    painted: paint.startTime,
    requests: loads.length,
    bytes: loads.reduce((sum, one) => sum + one.encodedBodySize, 0),
  };
}"""


@pytest.fixture(scope="module")
def address(built: tuple[Flask, FakeServices]) -> Iterator[str]:
    with served(built[0]) as url:
        yield url


@pytest.fixture
def logged_in(browser: Browser, address: str, services: FakeServices) -> Iterator[dict[str, Any]]:
    """The cookies of somebody who is logged in, and where the pages are: each page is a first load with them."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill("durand@example.com")
    page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
    page.get_by_role("button", name="Connexion").click()
    page.wait_for_url("**/choix")
    yield {"base_url": address, "storage_state": context.storage_state()}
    context.close()


def first_load(page: Page, path: str) -> dict[str, Any]:
    """What Chromium says of it, with nothing kept from before; its scripts come when it has been read and painted."""
    held: list[Route] = []
    painted: list[bool] = []
    page.add_init_script(WATCH)
    page.route(re.compile(r"\.js\?"), lambda script: script.continue_() if painted else held.append(script))
    page.goto(path, wait_until="commit")
    page.evaluate(PAINT)
    page.evaluate(READ)
    painted.append(True)
    for script in held:
        script.continue_()
    page.wait_for_load_state("load")
    found: dict[str, Any] = page.evaluate(SETTLED)
    return found


def test_nothing_moves_it_paints_soon_and_it_fetches_little(browser: Browser, logged_in: dict[str, Any]) -> None:
    wrong = []
    for path in PAGES:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **logged_in)
        found = first_load(context.new_page(), path)
        context.close()
        limit = PAINTED * patience()
        light = found["requests"] <= MOST_REQUESTS and found["bytes"] <= MOST_BYTES
        if found["shifts"] or not light or found["painted"] > limit:
            wrong.append(f"{path}: {found}, painted within {limit}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_moves_when_its_scripts_begin(
    browser: Browser, logged_in: dict[str, Any], width: int, part: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 2000}, **logged_in)
    moved = {}
    for path in LOOKED_AT[part::3]:
        page = context.new_page()
        if shifts := first_load(page, path)["shifts"]:
            moved[path] = shifts
        page.close()
    context.close()
    assert moved == {}

"""What Chromium says of a first load on a wide screen: hardly anything moves, it paints soon, it fetches little."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.gateway.browser import served
from tests.gateway.examples import SPACE
from tests.gateway.fake_services import FakeServices
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
]
PAINTED = 1000  # milliseconds, on a machine that does nothing else
STILL = 0.001  # on a wide screen; « /choix » shifts by 0.0004 when its script begins, the others by nothing
MOST_REQUESTS, MOST_BYTES = 8, 60 * 1024  # of a first load: what travels, without the heads of HTTP
# Before the page begins: every shift is kept, whoever causes it.
WATCH = """
globalThis.shifts = [];
new PerformanceObserver((list) => { for (const one of list.getEntries()) shifts.push(one.value); })
  .observe({ type: "layout-shift", buffered: true });
"""
# Two frames after it was painted with all that it asked for, every shift of it was told.
SETTLED = """async () => {
  await new Promise((done) => new PerformanceObserver((list) => {
    if (list.getEntriesByName("first-contentful-paint").length) done();
  }).observe({ type: "paint", buffered: true }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const loads = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {
    shifted: shifts.reduce((sum, one) => sum + one, 0),
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


def first_load(page: Page, path: str) -> dict[str, float]:
    """What Chromium says of it, with nothing kept from before."""
    page.add_init_script(WATCH)
    page.goto(path, wait_until="load")
    found: dict[str, float] = page.evaluate(SETTLED)
    return found


def test_nothing_moves_it_paints_soon_and_it_fetches_little(browser: Browser, logged_in: dict[str, Any]) -> None:
    wrong = []
    for path in PAGES:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **logged_in)
        found = first_load(context.new_page(), path)
        context.close()
        limit = PAINTED * patience()
        light = found["requests"] <= MOST_REQUESTS and found["bytes"] <= MOST_BYTES
        if found["shifted"] > STILL or not light or found["painted"] > limit:
            wrong.append(f"{path}: {found}, painted within {limit}")
    assert not wrong, "\n".join(wrong)

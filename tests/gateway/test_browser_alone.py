"""Each page by the keyboard alone, and each without JavaScript (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7)."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.gateway.browser import served
from tests.gateway.fake_services import FakeServices
from tests.gateway.pages_looked_at import NOWHERE, OF_A_VISITOR, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
# What Tab must reach: every control that is seen, of a group of radio buttons one.
NUMBERED = """() => {
  const above = document.querySelector('dialog:modal');
  const seen = (one) => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0
    && !one.closest('[inert]') && (!above || above.contains(one));
  const groups = new Set();
  const wanted = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((one) => seen(one) && !one.disabled && one.type !== 'hidden' && one.tabIndex >= 0)
    .filter((one) => {
      if (one.type !== 'radio') return true;
      const group = `${one.form && one.form.id} ${one.name}`;
      const first = !groups.has(group);
      groups.add(group);
      return first;
    });
  window.reached = new Set([document.activeElement]);
  window.named = (one) => one.outerHTML.slice(0, 120);
  window.wanted = wanted;
  document.activeElement.blur();
  return wanted.length;
}"""
STEP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'left';
  const group = (one.type === 'radio') ? wanted.find((w) => w.type === 'radio' && w.name === one.name) : one;
  const again = reached.has(one);
  reached.add(one).add(group);
  const style = getComputedStyle(one), label = getComputedStyle(one.closest('label') || one);
  const shown = (s) => (s.outlineStyle !== 'none' && s.outlineWidth !== '0px') || s.boxShadow !== 'none';
  const beside = one.nextElementSibling ? getComputedStyle(one.nextElementSibling) : style;
  return again ? 'again' : (shown(style) || shown(label) || shown(beside) ? '' : `unseen: ${named(one)}`);
}"""
MISSED = "() => wanted.filter((one) => one.isConnected && one.checkVisibility() && !reached.has(one)).map(named)"
# What a press does nothing to without a script (a popover needs none), and forms that nothing sends.
DEAD = """() => {
  const seen = (one) => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0;
  const named = (one) => one.outerHTML.slice(0, 120);
  const without = 'button[type="button"]:not([popovertarget]), a[href="#"], a[href^="javascript:"]';
  const dead = [...document.querySelectorAll(without)].filter(seen);
  const mute = [...document.forms].filter((form) => seen(form)
    && [...form.elements].some((one) => seen(one) && one.type !== 'hidden')
    && ![...form.elements].some((one) => one.type === 'submit' && seen(one)));
  return [...dead.map(named), ...mute.map((form) => `nothing sends ${form.getAttribute('action')}`)];
}"""


@pytest.fixture(scope="module")
def address(built: tuple[Flask, FakeServices]) -> Iterator[str]:
    with served(built[0]) as url:
        yield url


def _logged_in(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_context(base_url=address, locale="fr-FR", **options).new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill("durand@example.com")
    page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Se déconnecter").wait_for()
    return page


def _paths(page: Page, part: int) -> Iterator[str]:
    """Every page of a part, of a person and then of a visitor."""
    yield from PAGES[part::3]
    page.context.clear_cookies(name="__Host-session")
    yield from OF_A_VISITOR[part::3]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(3))
def test_tab_reaches_whatever_can_be_pressed_and_shows_where_it_is(
    browser: Browser, address: str, services: FakeServices, part: int
) -> None:
    page = _logged_in(browser, address)
    wrong = []
    for path in _paths(page, part):
        page.goto(path)
        count = page.evaluate(NUMBERED)
        for _ in range(count * 2 + 20):
            page.keyboard.press("Tab")
            at = page.evaluate(STEP)
            if at in ("left", "again"):
                break
            wrong += [f"{path} {at}"] if at else []
        else:
            wrong.append(f"{path} is never left")
        wrong += [f"{path} out of reach: {one}" for one in page.evaluate(MISSED)]
    page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", range(3))
def test_without_javascript_nothing_is_dead(browser: Browser, address: str, services: FakeServices, part: int) -> None:
    page = _logged_in(browser, address, java_script_enabled=False)
    wrong = []
    for path in _paths(page, part):
        answer = page.goto(path)
        assert answer is not None and (answer.status < 400 or path == NOWHERE), path
        wrong += [f"{path} {one}" for one in page.evaluate(DEAD)]
    page.context.close()
    assert not wrong, "\n".join(wrong)

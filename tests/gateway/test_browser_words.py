"""No page speaks in the browser's own words, which follow its language and not ours: what is refused is said by us."""

import pytest

from tests.gateway.pages_looked_at import OF_A_VISITOR, PAGES
from tests.gateway.test_browser import Open
from tests.gateway.test_browser import address as address
from tests.gateway.test_browser import someone as someone

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
# Every form that the browser would judge, emptied: what it would say. A date or a file typed in its own field, too.
ITS_WORDS = """() => [...document.forms].flatMap((form) => {
  for (const one of form.elements) {
    if (one.type === "radio" || one.type === "checkbox") one.checked = false;
    else if (one.matches("input:not([type=hidden]), textarea")) one.value = "";
  }
  const judged = form.noValidate ? [] : [...form.elements];
  return judged.filter((one) => one.validationMessage).map((one) => `${one.name}: ${one.validationMessage}`);
}).concat([...document.querySelectorAll("input[type=date], input[type=file]")]
  .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.tabIndex >= 0)
  .map((one) => `${one.name}: words of ${one.type}`))"""


def test_no_form_is_judged_in_the_words_of_the_browser(someone: Open) -> None:
    page = someone(locale="en-US")
    found = {}
    for path in (*PAGES, "leave", *OF_A_VISITOR):
        if path == "leave":
            page.context.clear_cookies(name="__Host-session")
            continue
        page.goto(path)
        if words := page.evaluate(ITS_WORDS):
            found[path] = words
    assert found == {}

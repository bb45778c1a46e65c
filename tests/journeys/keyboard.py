"""A person who has no mouse: Tab until what he wants has the focus, then keys."""

from playwright.sync_api import Locator, Page

from tests.journeys.companies import PASSWORD
from tests.journeys.people import TOO_MANY, Person
from tests.support.ports import eventually

MOST = 120  # stops of one page


def reach(page: Page, wanted: Locator) -> None:
    """Tab from where the focus is until `wanted` has it. AssertionError after MOST stops."""
    wanted.wait_for()
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"not reached in {MOST} stops: {wanted}")


def follow(page: Page, wanted: Locator) -> None:
    """Reach a link or a button, and « Entrée »."""
    reach(page, wanted)
    page.keyboard.press("Enter")


def log_in(person: Person, path: str) -> None:
    """Open a page that asks who one is, and log in on the way (G56); again when passwords came too often (C6)."""
    page = person.page

    def answered() -> bool:
        person.open(path)
        for label, typed in (("Adresse électronique", person.email), ("Mot de passe", PASSWORD)):
            reach(page, page.get_by_label(label, exact=True))
            page.keyboard.type(typed)
        with page.expect_response(lambda response: response.request.method == "POST") as answer:
            page.keyboard.press("Enter")
        return answer.value.status != TOO_MANY

    eventually(answered, limit=90, every=5, what=f"{person.email} is not let in")

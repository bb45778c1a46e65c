"""What decides what a page does is in its address or its form: no cookie but the session, no number read by hand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import PRODUCT, ROOT, committed, python, tree

COOKIE_READERS = {
    "gateway/kit/session.py",  # the session
    "gateway/kit/browser.py",  # which browser it is, for identity to know again: no page depends on it
    "gateway/kit/links.py",  # the secret of a link: which link it is, the address says (docs/decisions/0020)
    "gateway/kit/drafts.py",  # fills fields again, decides nothing (docs/decisions/0059)
    "gateway/kit/memory.py",  # marks and orders, and opens nothing (docs/decisions/0052)
    "gateway/kit/unambiguous.py",  # how many there are
    "gateway/kit/page_cookie.py",  # flask's own page cookie, without its age
}
SESSION_KEEPERS = {"gateway/kit/session.py": {"clear"}}  # flask's own page cookie: the CSRF token and the notices
BY_HAND = ("isdigit", "isnumeric", "isdecimal")
ONE_READER = Path("gateway/kit/reading.py")


def names_of_flask_session(path: Path) -> set[str]:
    """The names under which a file knows flask's session."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module == "flask":
            found |= {one.asname or one.name for one in node.names if one.name == "session"}
    return found


def uses(path: Path) -> Iterator[str]:
    """What a file does with flask's session: the attribute, or « [] » for a key."""
    names = names_of_flask_session(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield node.attr
        if isinstance(node, (ast.Subscript, ast.Compare)):
            inner = [node.value] if isinstance(node, ast.Subscript) else node.comparators
            if any(isinstance(one, ast.Name) and one.id in names for one in inner):
                yield "[]"


def test_no_page_keeps_a_decision_in_the_page_cookie() -> None:
    for path in python("gateway"):
        found = set(uses(path)) - SESSION_KEEPERS.get(str(path), set())
        assert not found, f"{path} uses session {sorted(found)}: two tabs share it; put it in the address or the form."


def test_cookies_are_read_where_the_session_and_the_links_are() -> None:
    for path in python("gateway"):
        reads = any(isinstance(node, ast.Attribute) and node.attr == "cookies" for node in ast.walk(tree(path)))
        assert not reads or str(path) in COOKIE_READERS, f"{path} reads a cookie: put what it needs in the address."


def test_pages_read_numbers_and_days_in_one_place() -> None:
    for path in python("gateway"):
        if path == ONE_READER:
            continue
        for node in ast.walk(tree(path)):
            called = node.func if isinstance(node, ast.Call) else None
            name = (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )
            by_hand = name in BY_HAND or (name == "int" and "clients" not in path.parts)
            by_hand |= name in ("fromisoformat", "strptime") and "pages" in path.parts
            assert not by_hand, f"{path}:{getattr(node, 'lineno', 0)} {name}(): use gateway/kit/reading.py."


def test_digits_are_plain_digits() -> None:
    for path in python(*PRODUCT):
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
            risky = re.search(r"\.is(digit|numeric|decimal)\(\)", line)
            assert not risky or "isascii" in line, f"{path}:{number}: « ² ».isdigit() is true and int() fails on it."


def test_a_day_is_typed_as_text_with_a_calendar_beside_it() -> None:
    for path in committed():
        if path.parts[0] == "gateway" and path.suffix == ".html":
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not re.search(r"""type=["']?(date|month|datetime-local|number)\b""", text), (
                f"{path}: the browser sends nothing for what it cannot read; declare a Day (gateway/kit/fields.py)."
            )

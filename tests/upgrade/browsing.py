"""Somebody before the pages, without a browser: his cookies, and the forms filled as the page shows them."""

import re
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import httpx
from html5lib import parse

from tests.journeys.companies import PASSWORD


class Visitor:
    """`door` says which gateway takes the next request: the same cookies and forms go to any of them."""

    def __init__(self, public: str, door: Callable[[], str]) -> None:
        self._public, self._door = public, door
        self._cookies: dict[str, str] = {}
        self.where, self.text = "", ""

    def open(self, path: str) -> str:
        """The page, redirects followed; what it says. AssertionError when it is not one."""
        return self._answered(self._send("GET", path))

    def send(self, **fields: str) -> str:
        """The page's own form with these fields, sent to the next gateway; what the page after it says."""
        hidden = {
            e.get("name"): e.get("value", "") for e in self._main_form().iter("input") if e.get("type") == "hidden"
        }
        return self._answered(self._send("POST", self.where, data={**hidden, **fields}))

    def log_in(self, email: str) -> str:
        """From the login page to what comes after it."""
        self.open("/connexion")
        return self.send(email=email, mot_de_passe=PASSWORD)

    def _main_form(self) -> object:
        tree = parse(self.text, namespaceHTMLElements=False)
        (main,) = tree.iter("main")
        return next(form for form in main.iter("form") if form.get("method") == "post")

    def _answered(self, answer: httpx.Response) -> str:
        while answer.is_redirect:
            target = urlsplit(answer.headers["Location"])
            answer = self._send("GET", f"{target.path}?{target.query}" if target.query else target.path)
        assert answer.status_code == 200, f"{answer.request.method} {answer.request.url}: {answer.status_code}"
        self.where, self.text = answer.request.url.raw_path.decode(), answer.text
        return answer.text.replace("<wbr>", "")  # where a line may break is nothing that it says

    def _send(self, method: str, path: str, data: Mapping[str, str] | None = None) -> httpx.Response:
        headers = {
            "Host": urlsplit(self._public).netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if method == "POST":
            headers |= {"Origin": self._public, "Sec-Fetch-Site": "same-origin"}
        answer = httpx.request(method, f"{self._door()}{path}", data=data, headers=headers, timeout=30)
        for line in answer.headers.get_list("Set-Cookie"):
            for name, cookie in SimpleCookie(line).items():
                self._cookies[name] = cookie.value
        return answer


def read(text: str, pattern: str) -> str:
    """The first that the page says of that pattern."""
    found = re.search(pattern, text)
    assert found, text[-2000:]
    return found.group(1)

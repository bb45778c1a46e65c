"""A browser without JavaScript, and what every page must be: the one fixture behind all page tests."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.kit.unambiguous import SEVERAL

BASE = "https://espace.example.com"
LABELLED = ("input", "select", "textarea")


class Shown:
    """A page as it was answered."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location", "").removeprefix(BASE)
        self.root = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(response.text)

    @property
    def text(self) -> str:
        """What a person reads, spaces collapsed."""
        return words(self.root.find("body"))

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of that tag with those attributes (`class_` for class, `_` for -)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.root.iter(tag) if all(e.get(name) == value for name, value in wanted.items())]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def field(self, name: str) -> str | None:
        """The value of the input of that name."""
        return self.one("input", name=name).get("value")

    def keys(self) -> list[str]:
        """The keys of its forms, of which each has its own."""
        return [e.get("value", "") for e in self.all("input", name="cle")]

    def links(self) -> set[str]:
        """Where the page leads."""
        return {e.get("href", "") for e in self.root.iter("a")}


class Portal:
    """Opens pages and posts forms as a browser does, with the page's own token."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **options: Any) -> Shown:
        """Open a page and check it."""
        return self._shown(self.client.get(path, base_url=BASE, **options), status)

    def post(self, path: str, status: int = 303, token: str | None = None, headers: Any = None, **data: Any) -> Shown:
        """Post a form with a valid token (or `token`) and check what comes back."""
        data = {"csrf_token": self.token() if token is None else token, **data}
        sent = {"Origin": BASE, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        response = self.client.post(path, base_url=BASE, data=data, headers=sent)
        return self._shown(response, status)

    def part(self, path: str, status: int = 200) -> Element:
        """What a script of a page is answered for a part of it."""
        response = self.client.get(path, base_url=BASE, headers={"Accept": "application/problem+json"})
        assert response.status_code == status, (response.status_code, response.text[:2000])
        check_headers(response)
        found: Element = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parseFragment(response.text)
        return found

    def follow(self, purpose: str, token: str = "jeton") -> str:
        """Open the link of a mail; the address of the page that it leads to."""
        return self.get(f"/lien/{purpose}/{token}", 303).location

    def token(self) -> str:
        """The token that the forms of this browser carry."""
        page = Shown(self.client.get("/mot-de-passe-oublie", base_url=BASE))
        return page.all("input", name="csrf_token")[0].get("value", "")

    def _shown(self, response: TestResponse, status: int) -> Shown:
        assert response.status_code == status, (response.status_code, response.text[:2000])
        check_headers(response)
        if response.mimetype != "text/html" or 300 <= status < 400:
            return _without_page(response)
        page = Shown(response)
        check_page(page)
        return page


def check_headers(response: TestResponse) -> None:
    """Security headers on every answer; pages are never stored (ASVS 3.4, 14.3.2)."""
    headers = response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Request-ID"]


def check_page(page: Shown) -> None:
    """HTML5, French, titled, one h1, unique ids, labelled fields, token and key in every POST form, nothing inline."""
    assert page.root.get("lang") == "fr"
    assert page.one("title").text
    assert len(page.all("h1")) == 1, [words(h) for h in page.all("h1")]
    assert len(page.all("main")) == 1
    ids = [e.get("id") for e in page.root.iter() if e.get("id")]
    assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]
    _check_fields(page, set(ids))
    for form in page.all("form"):
        check_once(form)
    for form in page.all("form", method="post"):
        assert [e for e in form.iter("input") if e.get("name") == "csrf_token"], form.attrib
        assert [e for e in form.iter("input") if e.get("name") == "cle"], form.attrib
    assert len(set(page.keys())) == len(page.keys()) == len(page.all("form", method="post")), page.keys()
    for element in page.root.iter():
        assert not [a for a in element.attrib if a == "style" or a.startswith("on")], element.attrib
        assert element.tag != "script" or element.get("src"), "inline script"
        for name in ("aria-describedby", "aria-labelledby", "popovertarget"):
            assert set((element.get(name) or "").split()) <= set(ids), (name, element.attrib)


def check_once(form: Element) -> None:
    """No form sends a field twice, nor what its address says already: the gateway refuses what could be read twice."""
    sent = [e.get("name") for tag in LABELLED for e in form.iter(tag) if e.get("type") not in ("radio", "checkbox")]
    named = [name for name in sent if name and name not in SEVERAL and name != "fichiers"]
    assert len(named) == len(set(named)), sorted(named)
    for address in (form.get("action") or "", form.get("hx-get") or ""):
        said = {name for name, _ in parse_qsl(urlsplit(address).query)}
        assert form.get("method") == "post" or not said & set(named), (address, named)


def _check_fields(page: Shown, ids: set[str | None]) -> None:
    pointed = {label.get("for") for label in page.all("label")}
    assert pointed - {None} <= ids, pointed - ids
    inside = {id(e) for label in page.all("label") for e in label.iter() if e.tag in LABELLED}
    for tag in LABELLED:
        for e in page.root.iter(tag):
            if e.get("type") not in ("hidden", "submit"):
                assert e.get("aria-label") or e.get("id") in pointed or id(e) in inside, e.attrib
    for button in page.root.iter("button"):
        assert button.get("aria-label") or words(button), button.attrib


def words(element: Element | None) -> str:
    """The text of an element, spaces collapsed."""
    return " ".join("".join(element.itertext() if element is not None else "").split())


def _without_page(response: TestResponse) -> Shown:
    shown = Shown.__new__(Shown)
    shown.response, shown.status = response, response.status_code
    shown.location = response.headers.get("Location", "").removeprefix(BASE)
    return shown

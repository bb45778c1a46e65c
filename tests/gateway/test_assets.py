"""What a page fetches: one style sheet, few requests, little to carry (first load: 8 requests, 60 kB compressed)."""

import gzip
import re

import pytest

from tests.gateway.examples import SPACE
from tests.gateway.portal import BASE, Portal

FETCHED = re.compile(r'(?:<(?:link|script|img)\b[^>]*(?:href|src)|<use href)="(/[^"#]+)')
PAGES = [
    "/connexion",
    "/choix",
    f"{SPACE}/",
    f"{SPACE}/suivi-dsn",
    f"{SPACE}/droits",
    f"{SPACE}/contact",
    "/questions-reponses",
    "/nouveautes",
    "/nouveautes?edition=2026-11-26",
]
MOST_REQUESTS, MOST_BYTES = 8, 60 * 1024


@pytest.mark.parametrize("path", PAGES)
def test_the_first_load_of_a_page_is_small(portal: Portal, path: str) -> None:
    if path == "/connexion":
        portal.client.delete_cookie("__Host-session", domain="espace.example.com")
    text = portal.client.get(path, base_url=BASE).text
    files = set(FETCHED.findall(text))
    answers = [portal.client.get(file, base_url=BASE, headers={"Accept-Encoding": "gzip"}) for file in files]
    carried = len(text.encode()) + sum(len(one.data) for one in answers)
    assert {one.status_code for one in answers} == {200}
    assert 1 + len(files) <= MOST_REQUESTS and carried <= MOST_BYTES, (len(files), carried)


def test_the_style_sheets_are_one_file_kept_for_a_year(visitor: Portal) -> None:
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', visitor.client.get("/aide", base_url=BASE).text)
    plain = visitor.client.get(address, base_url=BASE)
    assert plain.mimetype == "text/css" and "immutable" in plain.headers["Cache-Control"]
    for part in (":root", ".fonctions", "@media print {", ".matrice"):
        assert part in plain.text
    packed = visitor.client.get(address, base_url=BASE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.data) == plain.data


def test_what_a_page_of_another_version_asks_for_is_not_kept_under_its_name(visitor: Portal) -> None:
    assert "immutable" not in visitor.client.get("/style.css?v=autre", base_url=BASE).headers["Cache-Control"]


def test_a_page_is_never_packed(visitor: Portal) -> None:
    page = visitor.client.get("/connexion", base_url=BASE, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in page.headers

"""A file from contact through the pages to a browser: never opened on our site, kept nowhere, piece by piece (K12)."""

from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest

from backbone.testing import ServiceUnderTest
from gateway.app import build
from gateway.settings import Settings
from tests.gateway.portal import BASE, Portal
from tests.service.contact.sending import token_of, write
from tests.support.documents import PDF

BIG = PDF + b" " * 3_000_000


class Counted:
    """The real service, and how much of its last answer was taken out of it."""

    def __init__(self, app: Any) -> None:
        self._app, self.taken = app, 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.taken = 0
        for chunk in self._app(environ, start_response):
            self.taken += len(chunk)
            yield chunk


@pytest.fixture
def contact(under: ServiceUnderTest) -> Counted:
    """The service as the pages see it."""
    return Counted(under.app)


@pytest.fixture
def visitor(under: ServiceUnderTest, contact: Counted) -> Portal:
    """The caisse in front of the pages."""
    settings = Settings.of(secret_key="x" * 32, trusted_proxies=1)
    transports = {"contact": httpx.WSGITransport(app=contact)}
    return Portal(build(settings, transports=transports, clock=under.clock).test_client())


def test_k12_a_file_comes_as_an_attachment_in_a_sandbox_and_is_not_kept(
    under: ServiceUnderTest, contact: Counted, visitor: Portal
) -> None:
    assert write(under, ("bordereau.pdf", BIG)).status == 201
    page = visitor.get(visitor.follow("dossier", token_of(under)))
    (link,) = [link for link in page.links() if "/fichiers/" in link]
    answer = visitor.client.get(link, base_url=BASE)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.is_streamed and 0 < contact.taken < len(BIG), "the pages had the whole file before the browser"
    assert answer.data == BIG and contact.taken == len(BIG)


def test_k12_a_browser_that_leaves_takes_no_more_of_it(
    under: ServiceUnderTest, contact: Counted, visitor: Portal
) -> None:
    write(under, ("bordereau.pdf", BIG))
    page = visitor.get(visitor.follow("dossier", token_of(under)))
    (link,) = [link for link in page.links() if "/fichiers/" in link]
    answer = visitor.client.get(link, base_url=BASE)
    answer.close()
    assert contact.taken < len(BIG)

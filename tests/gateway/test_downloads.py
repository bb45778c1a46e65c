"""A file goes from the service to the browser piece by piece, and is never opened on our site."""

from collections.abc import Iterator

import httpx

from gateway.kit.downloads import handed_on
from tests.gateway.portal import BASE, Portal


class Pieces(httpx.SyncByteStream):
    """A file of a service, that knows how much of it was read."""

    def __init__(self) -> None:
        self.read, self.closed = 0, False

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(1000):
            self.read += 1
            yield b"x" * 65_536

    def close(self) -> None:
        self.closed = True


def test_nothing_is_read_before_it_is_sent_and_a_browser_that_leaves_ends_it(visitor: Portal) -> None:
    pieces = Pieces()
    with visitor.client.application.test_request_context():
        response = handed_on(httpx.Response(200, stream=pieces))
        assert pieces.read == 0
        assert len(next(iter(response.iter_encoded()))) == 65_536
        assert pieces.read == 1
        response.close()
    assert pieces.closed


def test_a_download_is_saved_and_never_opened_here(visitor: Portal) -> None:
    (link,) = [link for link in visitor.get(visitor.follow("dossier")).links() if "/fichiers/" in link]
    answer = visitor.client.get(link, base_url=BASE)
    wanted = {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "attachment; filename=a.pdf",
        "Content-Type": "application/octet-stream",
    }
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert (answer.is_streamed, answer.data) == (True, b"%PDF-1.7 essai")

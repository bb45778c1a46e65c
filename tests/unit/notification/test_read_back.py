"""The reader that stands before the door refuses what a strict server would, or would read in two ways (K11)."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.notification.adapters import mime
from services.notification.adapters.mime import Sender, compose
from services.notification.adapters.read_back import Unreadable, read_back
from services.notification.domain.refusals import MessageAltered
from services.notification.domain.writing import Email

SENDER = Sender("Votre caisse CIBTP <ne-pas-repondre@example.com>")
EMAIL = Email(
    UUID(int=7), "a@example.com", "Été", "Bonjour é\n", "<p>é</p>", None, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
)
GOOD = compose(EMAIL, SENDER).content
SUBJECT = b"Subject: =?utf-8?b?w4l0w6k=?="


def test_what_we_make_is_read() -> None:
    read = read_back(GOOD)
    assert read.headers["Subject"] == "Été"
    assert [part.text for part in read.parts] == ["Bonjour é\n", "<p>é</p>"]


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        (SUBJECT, SUBJECT + b"\r\nSubject: x"),  # twice
        (SUBJECT, SUBJECT + b"\r\nsubject: x"),
        (SUBJECT, SUBJECT + b"\nBcc: x@y.fr"),  # a bare LF
        (SUBJECT, SUBJECT + b"\rBcc: x@y.fr"),
        (SUBJECT, SUBJECT + b"x"),  # glued
        (SUBJECT, b"Subject: a=?utf-8?b?w4l0w6k=?="),
        (SUBJECT, SUBJECT + b"\r\n \r\n x"),  # a line of blanks
        (SUBJECT, b"Subject: =?utf-8?b?w4l0w6?="),  # cut in a character
        (SUBJECT, b"Subject: =?utf-8?b?" + b"w6nD" * 16 + b"w6k=?="),  # a long word
        (SUBJECT, b"Subject: \xc3\xa9"),  # eight bits
        (SUBJECT, b"Subject: " + b"x" * 990),
        (b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: 8bit"),
        (b"=C3=A9\r\n", b"=C3=A9 \r\n"),  # a blank that is lost
        (b"=C3=A9\r\n", b"=C3=ZZ\r\n"),
        (b"=C3=A9\r\n", b"=C3\r\n"),
        (b"07--\r\n", b"07\r\n"),  # not closed
        (b"07--\r\n", b"07--\r\nmore\r\n"),
    ],
)
def test_what_is_wrong_is_refused(what: bytes, instead: bytes) -> None:
    assert what in GOOD
    with pytest.raises(Unreadable):
        read_back(GOOD.replace(what, instead, 1))


@pytest.mark.parametrize(
    "header", ["Subject: Ete", "Subject: x\r\nBcc: evil@x.fr", "Subject: x\r\n\r\nBonjour", "Subject: =?utf-8?b?YQ==?="]
)
def test_a_message_that_says_something_else_does_not_leave(monkeypatch: pytest.MonkeyPatch, header: str) -> None:
    monkeypatch.setattr(mime, "text_header", lambda name, text: header)  # a fault of ours, of the day after tomorrow
    with pytest.raises(MessageAltered):
        compose(EMAIL, SENDER)

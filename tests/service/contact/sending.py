"""What the tests of contact say often."""

import io
from typing import Any
from uuid import UUID

from backbone.events.cards import Event
from backbone.testing import Answer, ServiceUnderTest
from contracts.examples import ACCOUNT_ID, ADHERENT_ID
from tests.service.contact.conftest import OPENER

ME = UUID(ACCOUNT_ID)
MESSAGES = f"/v1/adherents/{ADHERENT_ID}/messages"
WORDS = {"objet": "Question", "message": "Bonjour,\r\nUne question.", "consentement": "true"}


def write(
    under: ServiceUnderTest,
    *files: tuple[str, bytes],
    as_: UUID = ME,
    path: str = MESSAGES,
    key: str | None = None,
    types: str | None = None,
    **words: Any,
) -> Answer:
    """Send the form; a word given as None is left out."""
    given: dict[str, Any] = {name: value for name, value in {**WORDS, **words}.items() if value is not None}
    given["fichiers"] = [
        (io.BytesIO(content), name, types) if types else (io.BytesIO(content), name) for name, content in files
    ]
    headers = {"Idempotency-Key": key} if key else {}
    return under.post(path, data=given, as_=as_, headers=headers, content_type="multipart/form-data")


def raw(under: ServiceUnderTest, body: bytes, *, boundary: str = "xxx") -> Answer:
    """Send a body as it stands."""
    return under.post(MESSAGES, data=body, as_=ME, content_type=f"multipart/form-data; boundary={boundary}")


def part(name: str, value: bytes, *, file: bytes | None = None) -> bytes:
    """One part of a body."""
    filename = b'; filename="' + file + b'"' if file is not None else b""
    head = b'--xxx\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + filename
    return head + b"\r\n\r\n" + value + b"\r\n"


def words() -> bytes:
    """The parts of a good form without files."""
    return b"".join(part(name, value.encode()) for name, value in WORDS.items())


def token_of(under: ServiceUnderTest, number: int = -1) -> str:
    """The token that the last message announced, sealed, for the caisse."""
    return str(OPENER.open(announced(under)[number].data["sealed"])["token"])


def announced(under: ServiceUnderTest) -> list[Event]:
    """What was announced but that somebody used his right today, which `test_uses.py` is about."""
    return [event for event in under.recorded() if event.type != "contact.used.v1"]


def codes(answer: Answer) -> list[tuple[str, str]]:
    """Each field at fault with its code."""
    return [(one["field"], one["code"]) for one in answer.json["errors"]]

"""Headers from the literal text: each reader finds what was written, on every Python (RFC 2047, K11)."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notification.adapters.mime import Sender, compose
from services.notification.domain.headers import mailbox_header, text_header
from services.notification.domain.refusals import HeaderRefused
from services.notification.domain.writing import Email
from tests.support.strict_mail import headers_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = (
    "Congés d’été à l'Île de Ré où œuvre cœur n° 12 « urgent » Noël déclaration SARL ENTREPRISE DURAND-LEFÈVRE & FILS"
    " BÂTIMENT 🏗️ 👩🏽‍🔧 é=?utf-8?q?a?= =? ?= _ ="
    " DÉNOMINATIONPARTICULIÈREMENTLONGUEETSANSESPACEDELASOCIÉTÉDESTRAVAUXPUBLICS"
).split(" ")
french = st.lists(st.sampled_from([*WORDS, "", "\u00a0", "\u202f:"]), min_size=1, max_size=40).map(" ".join)
anything = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200)
subjects = (french | anything).filter(str.strip)
DOMAIN = "example.com"


def letter(subject: str, *, sender: str = "Votre caisse CIBTP <ne-pas-repondre@example.com>", text: str = "a") -> bytes:
    email = Email(UUID(int=7), "a@example.com", subject, text, f"<p>{text}</p>", "b@example.com", NOW)
    return compose(email, Sender(sender)).content


def by_the_old_reader(header: str) -> str:
    pieces = decode_header(header)
    return "".join(text if isinstance(text, str) else text.decode(charset or "ascii") for text, charset in pieces)


@given(subjects)
def test_every_reader_finds_the_subject_that_was_written(subject: str) -> None:
    content = letter(subject)
    assert headers_of(content)["Subject"] == subject
    assert message_from_bytes(content, policy=policy.default)["Subject"] == subject
    assert message_from_bytes(content, policy=policy.SMTP)["Subject"] == subject
    assert by_the_old_reader(str(message_from_bytes(content)["Subject"])) == subject


@given(subjects.filter(lambda name: not set('<>"') & set(name)))
def test_every_reader_finds_the_name_and_the_address(name: str) -> None:
    name = name.strip()
    line = mailbox_header("From", f"a@{DOMAIN}", name)
    content = f"{line}\r\n\r\n".encode("ascii")
    assert headers_of(content)["From"] == f"{name} <a@{DOMAIN}>"
    read: Any = message_from_bytes(content, policy=policy.default)["From"]
    # Python puts a blank between two encoded words of a name, against RFC 2047 section 6.2: blanks are not compared.
    found = [("".join(one.display_name.split()), one.addr_spec) for one in read.addresses]
    assert found == [("".join(name.split()), f"a@{DOMAIN}")]


@given(subjects, st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_a_body_is_what_was_written(subject: str, text: str) -> None:
    message = message_from_bytes(letter(subject, text=text), policy=policy.default)
    plain, html = message.iter_parts()  # type: ignore[attr-defined]
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    assert plain.get_payload(decode=True).decode().replace("\r\n", "\n") == unix
    assert html.get_payload(decode=True).decode().replace("\r\n", "\n") == f"<p>{unix}</p>"


def test_a_short_plain_text_stays_readable() -> None:
    assert text_header("Subject", "C-2026-000001 : Question") == "Subject: C-2026-000001 : Question"


def test_an_accent_never_makes_an_encoded_word_touch_another_text() -> None:
    folded = text_header("Subject", "Question à propos de la déclaration d'octobre et de l'été qui a suivi")
    assert all(line.strip().startswith("=?utf-8?b?") for line in folded.removeprefix("Subject:").split("\r\n"))


def test_a_name_with_a_comma_is_one_mailbox() -> None:
    content = letter("a", sender='"CIBTP, Île-de-France" <a@example.com>')
    assert headers_of(content)["From"] == "CIBTP, Île-de-France <a@example.com>"


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\0b", "a\u2029b", "a\ud800b", "a\x9bb"])
def test_what_cannot_stand_on_one_line_is_refused(text: str) -> None:
    with pytest.raises(HeaderRefused):
        text_header("Subject", text)


@pytest.mark.parametrize(
    "text", ["", "Votre caisse", "Caisse <a@b@c>", "Caisse <a@example.com>, b@example.com", "a\x1b <a@example.com>"]
)
def test_a_sender_that_is_no_address_is_a_fault_of_the_settings(text: str) -> None:
    with pytest.raises(ValueError, match="the sender is an address"):
        Sender(text)

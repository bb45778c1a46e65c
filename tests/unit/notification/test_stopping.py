"""The token that stops a mail: one's own, for one subject, and nobody else can make it."""

from uuid import UUID

import pytest

from backbone.sealing import Opener, generate_keypair
from contracts.words.preferences import Subject
from services.notification.domain.refusals import StopRefused
from services.notification.domain.stopping import SUBJECTS, Stops

MINE = UUID("01930000-0000-7000-8000-0000000000a1")
STOPS = Stops(b"k" * 32)


@pytest.mark.parametrize("subject", Subject)
def test_it_says_who_stops_what(subject: Subject) -> None:
    token = STOPS.token(MINE, subject)
    assert STOPS.read(token) == (MINE, subject)
    assert STOPS.token(MINE, subject) == token and len(token) == 44
    assert set(SUBJECTS) == set(Subject)


def test_no_changed_token_is_read() -> None:
    token = STOPS.token(MINE, Subject.DSN_ALERTS)
    for at in range(len(token)):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(StopRefused):
            STOPS.read(changed)


@pytest.mark.parametrize("text", ["", "A", "é" * 44, "=" * 44, "A" * 44, "A" * 4000, "\0" * 44])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(StopRefused):
        STOPS.read(text)


def test_one_text_alone_is_the_token() -> None:
    token = STOPS.token(MINE, Subject.DSN_ALERTS)
    for other in (f"{token}\n", f" {token}", token[:20] + " " + token[20:], f"{token}="):
        with pytest.raises(StopRefused):
            STOPS.read(other)


def test_the_key_is_that_of_the_purpose_and_of_the_private_key() -> None:
    one, other = (Opener(generate_keypair()[0]) for _ in range(2))
    assert one.derived("stop mails") == one.derived("stop mails") != one.derived("else")
    assert one.derived("stop mails") != other.derived("stop mails")
    with pytest.raises(StopRefused):
        Stops(other.derived("stop mails")).read(Stops(one.derived("stop mails")).token(MINE, Subject.DSN_ALERTS))

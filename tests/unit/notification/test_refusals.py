"""What a mail server's no means: the first digit alone is not believed (FA9, RFC 3463)."""

import pytest

from services.notification.adapters.smtp import greeting, refusal
from services.notification.domain.deliveries import Outcome


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (451, b"later"),
        (452, b"4.2.2 mailbox full"),
        (550, b"5.2.2 user is over quota"),
        (552, b"5.2.2 <a@example.com>: mailbox full"),
        (554, b"4.7.1 greylisted"),
        (550, b"4.2.1 The user you are trying to contact is receiving mail too quickly"),
        (550, b"5.7.1 Service unavailable, please try again later"),
        (554, b"Try again later"),
        (550, b"mailbox is full"),
        (552, b"Quota exceeded"),
        (552, b"Requested mail action aborted: exceeded storage allocation: mailbox over quota"),
        (550, b"5.1.1 is what you would expect,\n4.4.2 but it is a time-out"),
        (550, "Merci de réessayer plus tard".encode()),
        (554, b"5.7.0 Temporarily rejected"),
    ],
)
def test_what_passes_is_tried_again(code: int, words: bytes) -> None:
    assert refusal(code, words).outcome is Outcome.REFUSED_FOR_NOW


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (550, b"5.1.1 no such user"),
        (550, b"5.2.1 mailbox disabled"),
        (552, b"5.3.4 message too big"),
        (554, b"5.7.1 refused by policy, see https://example.com/5.2.2"),
        (550, b"5.22.2 unknown"),
        (550, b"relay 14.2.1.4 not allowed"),
        (550, b"refused"),
    ],
)
def test_what_does_not_pass_is_final(code: int, words: bytes) -> None:
    assert refusal(code, words).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("espace.example.com", "espace.example.com"),
        ("192.0.2.1", "[192.0.2.1]"),
        ("[2001:db8::1]", "[IPv6:2001:db8::1]"),
    ],
)
def test_we_greet_as_rfc_5321_wants(host: str, said: str) -> None:
    assert greeting(host) == said


@pytest.mark.parametrize("host", ["", "a b", "a\r\nMAIL FROM:<x>", "été.fr"])
def test_a_name_that_is_no_hosts_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="EHLO"):
        greeting(host)

"""One rule says what an address is and when two are the same mailbox (C11, AA47, decision 0019)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.addresses import canonical_address, plain_address
from contracts.rules.invisible import trimmed

AROUND = st.text(alphabet=" \u00a0\u202f\u200b\u200e\u2060\ufeff\u00ad\ufe0f", max_size=4)
WORDS = st.from_regex(r"[a-zA-Z0-9_+-]{1,12}", fullmatch=True)
HOSTS = st.sampled_from(
    ["example.com", "Example.COM", "établissement.example.com", "straße.example.com", "mail.caisse.fr"]
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("compta@straße.example.com", "compta@xn--strae-oqa.example.com"),
        ("Compta@XN--STRAE-OQA.example.com", "Compta@xn--strae-oqa.example.com"),
        ("\ufeff\u200bclaire@example.com\u00a0", "claire@example.com"),
        ("a@établissement.example.com", "a@xn--tablissement-9db.example.com"),
        ("o'neil+dsn@example.com", "o'neil+dsn@example.com"),
    ],
)
def test_an_address_is_kept_as_mail_is_sent_to_it(typed: str, kept: str) -> None:
    assert plain_address(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "a@b.fr\r\nBcc: x@y.fr",
        "a@b.fr\n",
        "a@b.fr, c@d.fr",
        "a b@example.com",
        "Nom <a@b.fr>",
        '"a b"@example.com',
        "a@b..fr",
        "é@example.com",
        "cla\u200bire@example.com",
        "claire@exam\u200bple.com",
        "claire@exam\u00adple.com",
        "a@localhost",
        "a@[127.0.0.1]",
        "=?utf-8?q?a?=@example.com",
        "=?utf-8?q?a=0D=0ABcc:_evil?=@example.com",
        f"{'x' * 65}@example.com",
        f"a@{'b.' * 130}fr",
        "\ud800@example.com",
        "x" * 100_000,
    ],
)
def test_what_no_mail_server_carries_or_a_mail_program_would_decode_is_refused_aa47(text: str) -> None:
    assert plain_address(text) is None


@given(AROUND, WORDS, HOSTS, AROUND)
def test_what_nobody_sees_around_an_address_changes_nothing(before: str, local: str, host: str, after: str) -> None:
    shown = f"{local}@{host}"
    assert plain_address(before + shown + after) == plain_address(shown)
    assert canonical_address(f"{before}{local.swapcase()}@{host}{after}") == canonical_address(shown)


@given(st.text(max_size=60) | st.builds("{}@{}".format, st.text(max_size=20), HOSTS))
def test_a_key_is_a_key_of_itself_and_an_address_keeps_its_own(text: str) -> None:
    key = canonical_address(text)
    assert canonical_address(key) == key
    plain = plain_address(text)
    assert key == canonical_address(plain) if plain else plain_address(key) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("compta@straße.example.com", "compta@strasse.example.com"),
        ("straße@example.com", "strasse@example.com"),
        ("\u212aevin@example.com", "kevin@example.com"),
        ("cl\u0430ire@example.com", "claire@example.com"),
        ("claire@ex\u0430mple.com", "claire@example.com"),
        ("claire@exam\u200bple.com", "claire@example.com"),
    ],
)
def test_two_mailboxes_never_have_one_key(one: str, other: str) -> None:
    assert canonical_address(one) != canonical_address(other)


@given(WORDS, st.sampled_from(["example.com", "mail.caisse.fr", "xn--strae-oqa.example.com"]))
def test_the_keys_that_were_stored_before_are_the_keys_of_today(local: str, host: str) -> None:
    assert canonical_address(f"{local}@{host}") == f"{local}@{host}".casefold()


@given(st.text(max_size=40))
def test_trimming_takes_only_what_is_not_seen(text: str) -> None:
    assert trimmed(text) in text and trimmed(trimmed(text)) == trimmed(text)
    assert trimmed(f"\u200b {text}\ufeff") == trimmed(text)

"""Secrets shown once and kept as digests (C4), and secrets that travel sealed."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone import secrets
from backbone.sealing import HEADER, Opener, Sealer, generate_keypair
from tests.support.threads import in_threads

PRIVATE, PUBLIC = generate_keypair()
SEALER, OPENER = Sealer(PUBLIC), Opener(PRIVATE)
# What no JSON of ours holds (C2) is no secret either.
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
PLAIN = st.dictionaries(TEXT, st.none() | st.booleans() | st.integers() | TEXT)


def test_c4_a_token_has_256_random_bits() -> None:
    tokens = {secrets.new_token() for _ in range(100)}
    assert len(tokens) == 100 and {len(token) for token in tokens} == {43}


@given(st.text())
def test_c4_a_digest_never_fails_and_never_holds_its_token(text: str) -> None:
    assert len(secrets.digest(text)) == 64
    assert len(text) < 8 or text not in secrets.digest(text)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
)
def test_same_says_whether_two_secrets_are_equal(left: str, right: str) -> None:
    assert secrets.same(left, right) == (left == right) and secrets.same(left, left)


def test_same_does_not_fail_on_text_no_client_should_send() -> None:
    assert not secrets.same("\ud800", "x")


@given(PLAIN)
def test_what_is_sealed_opens_to_the_same(content: dict[str, object]) -> None:
    assert OPENER.open(SEALER.seal(content)) == content


def test_what_several_threads_seal_at_once_opens_to_what_each_sealed() -> None:
    """A service has one sealer: each lane's consumer, its retries, its jobs and its requests seal with it. So with the
    opener of the senders."""
    sealed = in_threads(lambda number: SEALER.seal({"n": number}), 600)
    assert in_threads(lambda number: OPENER.open(sealed[number]), 600) == [{"n": number} for number in range(600)]
    assert set(HEADER) == {"alg", "enc"}  # nothing of one message is left for the next


def test_sealed_text_shows_nothing_and_is_never_twice_the_same() -> None:
    first, second = SEALER.seal({"token": "visible"}), SEALER.seal({"token": "visible"})
    assert first != second and "visible" not in first


def test_only_the_holder_of_the_private_key_opens() -> None:
    other, _ = generate_keypair()
    with pytest.raises(ValueError, match="not sealed for this key"):
        Opener(other).open(SEALER.seal({"code": "123456"}))


@given(st.integers(0, 400), st.characters(codec="ascii"))
def test_altered_text_is_a_value_error(at: int, letter: str) -> None:
    sealed = SEALER.seal({"code": "123456"})
    at %= len(sealed) - 1
    altered = sealed[:at] + letter + sealed[at + 1 :]
    with suppress(ValueError):  # base64's last bits may be ignored: then it opens to the same
        assert OPENER.open(altered) == {"code": "123456"}


@given(st.text(max_size=50))
def test_anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        OPENER.open(text)


def test_the_public_key_holds_nothing_private() -> None:
    assert "d" in json.loads(PRIVATE) and "d" not in json.loads(PUBLIC)

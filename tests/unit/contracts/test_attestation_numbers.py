"""The number of an attestation: whoever mistypes one character or swaps two has no number (decision 61)."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.attestation_numbers import ALPHABET, LENGTH, in_groups, new_number, right_number, typed_number

numbers = st.builds(lambda seed: new_number(random.Random(seed).choice), st.integers())


@given(numbers)
def test_a_new_one_is_right_and_is_typed_as_it_is_read(number: str) -> None:
    assert right_number(number) and len(number) == LENGTH
    shown = in_groups(number)
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", shown)
    for typed in (shown, shown.lower(), f" {shown.replace('-', ' ')} ", shown.replace("-", "\u2011")):
        assert typed_number(typed) == number


@given(numbers, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_found(number: str, place: int, other: str) -> None:
    wrong = number[:place] + other + number[place + 1 :]
    assert right_number(wrong) == (other == number[place])


@given(numbers, st.integers(0, LENGTH - 2))
def test_any_two_neighbours_that_are_swapped_are_found(number: str, place: int) -> None:
    first, second = number[place], number[place + 1]
    swapped = number[:place] + second + first + number[place + 2 :]
    assert right_number(swapped) == (first == second)


@given(numbers, st.integers(0, LENGTH - 1), st.characters())
def test_what_is_not_of_the_alphabet_or_of_another_length_is_none(number: str, place: int, char: str) -> None:
    assert not right_number(number[:place] + number[place + 1 :])
    assert not right_number(number + number[place])
    if char not in ALPHABET:
        assert not right_number(number[:place] + char + number[place + 1 :])


def test_no_character_is_taken_for_another() -> None:
    assert not set(ALPHABET) & set("01258BGILOSUZ")
    assert len(set(ALPHABET)) == len(ALPHABET) == 23

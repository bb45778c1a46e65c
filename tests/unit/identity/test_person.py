"""Names and telephone numbers of the form (G47, G76, AA39, AA47)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.identity.adapters.phones import FrenchPhones
from services.identity.domain.address import fold
from services.identity.domain.certification import new_code, read_code
from services.identity.domain.person import read_contact

phones = FrenchPhones()


def errors(nom="Martin", prenom="Claire", fixe=None, mobile=None):
    return [error.field for one in read_contact(nom, prenom, fixe, mobile, phones)[1] for error in one.errors]


def test_numbers_are_kept_in_e164_g47():
    contact, _ = read_contact(" Martin ", "Claire", "01 23 45 67 89", "06.12.34.56.78", phones)
    assert contact is not None
    assert (contact.nom, contact.telephone_fixe, contact.telephone_mobile) == ("Martin", "+33123456789", "+33612345678")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0692 12 34 56", "+262692123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0694 20 12 34", "+594694201234"),
        ("0696 20 12 34", "+596696201234"),
        ("+687 75 12 34", "+687751234"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
    ],
)
def test_overseas_mobiles_are_known_c5(typed, kept):
    assert phones.mobile(typed) == kept


@pytest.mark.parametrize("typed", ["01 23 45 67 89", "+1 202 555 0123", "0899 12 34 56", "3646", "118218", "+4470000"])
def test_what_no_sms_should_go_to_is_refused_aa39(typed):
    assert errors(mobile=typed) == ["telephone_mobile"]


@pytest.mark.parametrize("typed", ["+1 202 555 0123", "06 12 34 56 78", "3646", "118218"])
def test_what_is_no_number_of_a_desk_is_refused_aa39(typed):
    assert errors(fixe=typed) == ["telephone_fixe"]


def test_the_fiction_range_is_for_test_settings_alone():
    assert phones.mobile("06 39 98 00 01") is None
    assert FrenchPhones(fiction=True).mobile("06 39 98 00 01") == "+33639980001"


def test_phones_are_optional_g47():
    assert errors(fixe=" ", mobile="") == []


@pytest.mark.parametrize("name", ["", "  ", "a" * 101, "Durand\r\nBcc: x@y", "Du\nrand", "Du\0rand", "Du\u2028rand"])
def test_an_empty_long_or_broken_name_is_refused_aa47(name):
    assert errors(nom=name) == ["nom"]


def test_every_wrong_field_is_said_at_once():
    assert errors(nom="", prenom="", fixe="12", mobile="12") == ["nom", "prenom", "telephone_fixe", "telephone_mobile"]


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_number(text):
    number = phones.mobile(text)
    assert number is None or phones.mobile(number) == number


@given(st.emails())
def test_folding_twice_changes_nothing_g56(email):
    assert fold(fold(email)) == fold(email) == fold(f" {email.upper()} ") or not email.isascii()


def test_a_code_is_six_digits_typed_with_or_without_spaces_c5():
    assert all(read_code(new_code()) for _ in range(200))
    assert read_code(" 123 456 ") == "123456"
    assert [read_code(text) for text in ("12345", "1234567", "abcdef", "１２３４５６", "")] == [None] * 5

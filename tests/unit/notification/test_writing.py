"""What may stand in a header, and the alphabet of SMS."""

from datetime import UTC, datetime

import pytest

from backbone.ids import new_id
from services.notification.domain.gsm import septets
from services.notification.domain.refusals import AddressRefused, HeaderRefused
from services.notification.domain.writing import Email, Sms

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def email(recipient: str = "a@example.com", subject: str = "Objet", reply_to: str | None = None) -> Email:
    return Email(new_id(), recipient, subject, "texte", "<p>texte</p>", reply_to, NOW)


@pytest.mark.parametrize("subject", ["a\r\nBcc: x@example.com", "a\nb", "a\0b", "a\u2028b", "a\x85b"])
def test_aa47_a_line_break_in_a_subject_is_refused(subject: str) -> None:
    with pytest.raises(HeaderRefused):
        email(subject=subject)


@pytest.mark.parametrize(
    "recipient",
    ["a@b.fr\r\nBcc: x@y", "a@b.fr, x@y.fr", "Nom <a@b.fr>", "a b@c.fr", "sans-arobase", "a@" + "b" * 260, ""],
)
def test_aa47_anything_but_one_bare_address_is_refused(recipient: str) -> None:
    with pytest.raises(AddressRefused):
        email(recipient=recipient)
    with pytest.raises(AddressRefused):
        email(reply_to=recipient)


@pytest.mark.parametrize("number", ["0639980001", "+33 6 39", "+0639980001", "+33639980001\n", "36000"])
def test_an_sms_goes_to_one_international_number(number: str) -> None:
    with pytest.raises(AddressRefused):
        Sms(new_id(), number, "texte", NOW)


def test_the_gsm_alphabet_has_the_accents_of_the_codes_and_not_the_others() -> None:
    assert septets("é è à ù Ç @ # !") == 15
    assert septets("12 €") == 5
    for character in "êçû«’œ–":
        with pytest.raises(ValueError, match="alphabet"):
            septets(character)

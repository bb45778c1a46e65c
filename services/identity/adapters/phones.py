"""Reading French telephone numbers, overseas ones included, with the plans of libphonenumber (D16, C5)."""

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

# National numbers of ten digits are tried in this order; plans without a leading 0 (+687, +689) need their prefix.
REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF")
FRENCH = frozenset((*REGIONS, "NC", "PF", "WF"))
LANDLINES = frozenset((PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.VOIP))
MOBILES = frozenset((PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE))
FICTION = re.compile(r"\+3363998\d{4}")


class FrenchPhones:
    """`fiction` also takes 06 39 98 xx xx, the range kept for films and tests, which no person can own."""

    def __init__(self, *, fiction: bool = False) -> None:
        self._fiction = fiction

    def landline(self, text: str) -> str | None:
        """E.164 of a fixed line (09 included), or None."""
        return self._read(text, LANDLINES)

    def mobile(self, text: str) -> str | None:
        """E.164 of a mobile that an SMS reaches, or None."""
        return self._fictional(text) or self._read(text, MOBILES)

    def _read(self, text: str, kinds: frozenset[int]) -> str | None:
        for region in REGIONS:
            number = _parse(text, region)
            if number and phonenumbers.is_valid_number(number):
                known = phonenumbers.region_code_for_number(number) in FRENCH
                good = known and phonenumbers.number_type(number) in kinds
                return _e164(number) if good else None
        return None

    def _fictional(self, text: str) -> str | None:
        number = _parse(text, "FR") if self._fiction else None
        return _e164(number) if number and FICTION.fullmatch(_e164(number)) else None


def _parse(text: str, region: str) -> PhoneNumber | None:
    if re.search(r"[^0-9+(). \-\u00a0\u202f]", text):
        return None
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)

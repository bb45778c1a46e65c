"""Reading French telephone numbers, overseas ones included, with the plans of libphonenumber (D16, C5)."""

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from contracts.rules.invisible import dash, invisible

# National numbers of ten digits are tried in this order; plans without a leading 0 (+687, +689) need their prefix.
REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF")
FRENCH = frozenset((*REGIONS, "NC", "PF", "WF"))
FRANCE = 33
LANDLINES = frozenset(
    (
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.UAN,
    )
)
MOBILES = frozenset((PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE))
FICTION = re.compile(r"\+3363998\d{4}")


class FrenchPhones:
    """`fiction` also takes 06 39 98 xx xx, the range kept for films and tests, which no person can own."""

    def __init__(self, *, fiction: bool = False) -> None:
        self._fiction = fiction

    def landline(self, text: str) -> str | None:
        """E.164 of a fixed line or an 08 number (09 included), or None."""
        return self._read(text, LANDLINES)

    def mobile(self, text: str) -> str | None:
        """E.164 of a mobile that an SMS reaches, or None."""
        return self._fictional(text) or self._read(text, MOBILES)

    def _read(self, text: str, kinds: frozenset[int]) -> str | None:
        number = _number(text)
        if number is None:
            return None
        known = phonenumbers.region_code_for_number(number) in FRENCH
        return _e164(number) if known and phonenumbers.number_type(number) in kinds else None

    def _fictional(self, text: str) -> str | None:
        number = _parse(text, "FR") if self._fiction else None
        return _e164(number) if number and FICTION.fullmatch(_e164(number)) else None


def _number(text: str) -> PhoneNumber | None:
    """The number of `text`. +33 before a range of an overseas territory is what a form with one default country makes
    of « 0692… »: the number is the territory's."""
    found = next(filter(None, (_valid(text, region) for region in REGIONS)), None)
    asked = None if found else _parse(text, "FR")
    if asked and asked.country_code == FRANCE:
        return next(filter(None, (_valid(f"0{asked.national_number}", region) for region in REGIONS)), None)
    return found


def _valid(text: str, region: str) -> PhoneNumber | None:
    number = _parse(text, region)
    return number if number and phonenumbers.is_valid_number(number) else None


def _parse(text: str, region: str) -> PhoneNumber | None:
    seen = "".join(" " if char in "./" or dash(char) else char for char in text if not invisible(char))
    if re.search(r"[^0-9+() \u00a0\u202f\u2009]", seen):
        return None
    try:
        return phonenumbers.parse(seen, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)

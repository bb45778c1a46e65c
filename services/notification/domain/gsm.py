"""The alphabet of SMS (GSM 03.38): one letter outside it makes every part of the message twice as dear."""

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = "^{}\\[~]|€"
ONE_PART = 160


def septets(text: str) -> int:
    """The length of `text` in the GSM-7 alphabet. ValueError names the first character that is not in it."""
    for character in text:
        if character not in BASIC and character not in EXTENDED:
            raise ValueError(f"{character!r} is not in the GSM-7 alphabet")
    return len(text) + sum(character in EXTENDED for character in text)

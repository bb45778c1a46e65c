"""E-mail addresses: which text is one, and when two are the same mailbox (C11, AA47, decision 0019)."""

import hashlib
import unicodedata

from email_validator import EmailNotValidError, validate_email

from contracts.rules.invisible import trimmed

LONGEST = 254
_ENCODED_WORD = ("=?", "?=")


def plain_address(text: str) -> str | None:
    """`text` as the address that mail is sent to: local part as typed, domain in small letters and ASCII (IDNA 2008,
    so that « straße » stays itself). None when it is no address that every mail server carries: a local part in
    ASCII, no quotes, no literal, a domain of the public Internet, nothing that a mail program would decode (AA47).
    """
    if len(text) > LONGEST * 2:
        return None
    try:
        read = validate_email(trimmed(text), allow_smtputf8=False, strict=True, check_deliverability=False)
    except (EmailNotValidError, UnicodeError):
        return None
    address = f"{read.ascii_local_part}@{read.ascii_domain}"
    encoded = any(mark in address for mark in _ENCODED_WORD)
    return None if encoded or len(address) > LONGEST else address


def canonical_address(text: str) -> str:
    """The key under which a mailbox is known, whoever types it and however: two texts with one key are one address.

    Small letters of the plain address. A text that is no address keeps a key of its own, never that of an address.
    """
    plain = plain_address(text)
    if plain is not None:
        return plain.lower()
    rest = trimmed(text)
    # lower(), not casefold(): « ß » and « ss » are two mailboxes. What only lower() or NFC makes ASCII (the Kelvin
    # sign) is left alone, or it would be somebody's key.
    key = unicodedata.normalize("NFC", rest).lower()
    key = key if rest.isascii() or not key.isascii() else rest
    # Composed or in small letters a text may become three times as long as what was typed; no mailbox is lost by it.
    return key if len(key) <= LONGEST else hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()

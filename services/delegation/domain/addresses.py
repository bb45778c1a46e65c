"""E-mail addresses: the common subset that every mail server carries, one line, at most 254 characters (C11, AA47)."""

import re

from services.delegation.domain.errors import AddressRefused

LONGEST = 254
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]")


def address(text: str) -> str:
    """`text` as an address, its domain in lower case and ASCII. Raises AddressRefused."""
    if len(text) > LONGEST:
        raise AddressRefused
    local, _, domain = text.strip(" ").rpartition("@")
    try:
        candidate = f"{local}@{domain.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        raise AddressRefused from None
    if len(candidate) > LONGEST or len(local) > 64 or not _ADDRESS.fullmatch(candidate):
        raise AddressRefused
    return candidate


def same_address(text: str) -> str:
    """The key under which two spellings are one address."""
    return text.casefold()

"""E-mail addresses: the common subset that every mail server carries, one line, at most 254 characters (C11, AA47)."""

import re

LONGEST = 254
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]")


def plain_address(text: str) -> str | None:
    """`text` as an address, its domain in lower case and ASCII; None when it is not one."""
    if len(text) > LONGEST:
        return None
    local, _, domain = text.strip(" ").rpartition("@")
    try:
        candidate = f"{local}@{domain.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        return None
    good = len(candidate) <= LONGEST and len(local) <= 64 and _ADDRESS.fullmatch(candidate)
    return candidate if good else None

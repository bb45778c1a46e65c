"""Where a caisse serves a function on its own website: data, read once at the start (G68)."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import current_app

from contracts.words.bank_details import NEW_BANK_DETAILS
from contracts.words.functions import FUNCTIONS

ANY = "*"
COLUMNS = ["caisse", "fonction", "adresse"]
LONGEST = 2000  # of an address


@dataclass(frozen=True)
class Elsewhere:
    """The addresses, by caisse and function; the line of the caisse « * » answers for those that have none."""

    addresses: Mapping[tuple[str, str], str]

    @classmethod
    def read(cls, lines: Iterable[str]) -> "Elsewhere":
        """From a CSV with the columns caisse, fonction, adresse; lines that begin with # are remarks.

        ValueError, with what is at fault, when it cannot be used: pages lead people there, so nothing is guessed.
        """
        rows = csv.DictReader((line for line in lines if line.strip() and not line.startswith("#")), delimiter=";")
        if rows.fieldnames != COLUMNS:
            raise ValueError(f"the file of services elsewhere begins with {';'.join(COLUMNS)}")
        found: dict[tuple[str, str], str] = {}
        for row in rows:
            place, address = _line(**{str(name): value for name, value in row.items()})
            if place in found:
                raise ValueError(f"the file of services elsewhere says {place[1]} of {place[0]} twice")
            found[place] = address
        return cls(found)

    def of(self, caisse: str, function: str) -> str:
        """The address of `function` at `caisse`; empty when it is served nowhere."""
        return self.addresses.get((caisse, function), self.addresses.get((ANY, function), ""))


def elsewhere() -> Elsewhere:
    """Those of the current application."""
    return cast(Elsewhere, current_app.extensions["elsewhere"])


def _line(**row: str | None) -> tuple[tuple[str, str], str]:
    if set(row) != set(COLUMNS) or not all(row.values()):
        raise ValueError("the file of services elsewhere needs a caisse, a function and an address on each line")
    caisse, function, address = (str(row[name]).strip() for name in COLUMNS)
    if function not in FUNCTIONS and function != NEW_BANK_DETAILS:
        raise ValueError(f"the file of services elsewhere names {function}, which is no function of the matrix")
    if not _is_safe(address):
        raise ValueError(f"the file of services elsewhere needs an https address for {function} of {caisse}")
    return (caisse, function), address


def _is_safe(address: str) -> bool:
    """https, a host, nobody's name in it, nothing that could be read in two ways."""
    if len(address) > LONGEST or not address.isascii() or any(ord(one) < 33 or one in '\\"<>' for one in address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port  # judged when it is read
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and port != 0

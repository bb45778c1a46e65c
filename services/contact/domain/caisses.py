"""The caisses one can write to: code, name, address. Data, read once at the start."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.rules.addresses import plain_address
from contracts.rules.names import cleaned_name

ANY = "*"
COLUMNS = ["code", "nom", "courriel"]


@dataclass(frozen=True)
class Caisse:
    """One caisse of the network."""

    code: str
    nom: str
    courriel: str


@dataclass(frozen=True)
class Caisses:
    """All of them. The line « * » answers for a code that has no line of its own: no message is ever undeliverable."""

    by_code: Mapping[str, Caisse]

    @classmethod
    def read(cls, lines: Iterable[str]) -> "Caisses":
        """From a CSV with the columns code, nom, courriel; lines that begin with # are remarks. ValueError if wrong."""
        rows = csv.DictReader((line for line in lines if line.strip() and not line.startswith("#")), delimiter=";")
        if rows.fieldnames != COLUMNS:
            raise ValueError(f"the file of caisses begins with {';'.join(COLUMNS)}")
        found = {row["code"]: _caisse(**row) for row in rows}
        if ANY not in found or not all(one.nom and one.courriel for one in found.values()):
            raise ValueError("the file of caisses needs a line « * », and a name and an address on each")
        return cls(found)

    def of(self, code: str) -> Caisse:
        """The caisse of `code`."""
        return self.by_code.get(code, self.by_code[ANY])


def _caisse(code: str, nom: str | None, courriel: str | None) -> Caisse:
    return Caisse(code, cleaned_name(nom or ""), plain_address(courriel or "") or "")

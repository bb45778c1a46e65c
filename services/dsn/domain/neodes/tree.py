"""Where the known blocks of a DSN stand. Hierarchy is positional: nothing in the file says where a block ends.

Only the blocks this service reads, and only an ancestor that is certain: the order of siblings is not reliable.
A block that is not here is counted and passed over.
"""

from collections.abc import Mapping

ENVOI, DECLARATION, ENTREPRISE, ETABLISSEMENT = "S10.G00.00", "S20.G00.05", "S21.G00.06", "S21.G00.11"
INDIVIDU, CONTRAT, TOTAL = "S21.G00.30", "S21.G00.40", "S90.G00.90"
EMETTEUR, DEPOSANT, RANG, ABSENCE = "S10.G00.01", "S10.G00.95", "S20.G00.96", "S20.G00.08"
BASE, COTISATION = "S21.G00.78", "S21.G00.82"
REQUIRED = (ENVOI, DECLARATION, ENTREPRISE, ETABLISSEMENT)
# The rubrics that a deposit is made from, by block. Any other one may be spoilt without changing a fact.
_HEADER = {
    ENVOI: (5, 6),
    EMETTEUR: (1, 2),
    DEPOSANT: (3, 8, 900),
    DECLARATION: (1, 2, 3, 4, 5, 6, 7, 9, 13),
    RANG: (902,),
    ENTREPRISE: (1,),
    ETABLISSEMENT: (1, 24),
}
_COUNTED = {ABSENCE: (1,), CONTRAT: (22,), BASE: (1, 2, 3, 7), COTISATION: (3, 6), TOTAL: (1, 2)}
HEADER = frozenset((block, number) for block, numbers in _HEADER.items() for number in numbers)
DECISIVE = HEADER | {(block, number) for block, numbers in _COUNTED.items() for number in numbers}

ANCESTOR: Mapping[str, str] = {
    EMETTEUR: ENVOI,
    "S10.G00.02": ENVOI,
    DEPOSANT: ENVOI,
    DECLARATION: ENVOI,
    "S20.G00.07": DECLARATION,
    ABSENCE: DECLARATION,
    RANG: DECLARATION,
    ENTREPRISE: DECLARATION,
    ETABLISSEMENT: ENTREPRISE,
    COTISATION: ETABLISSEMENT,
    "S21.G00.85": ENTREPRISE,
    INDIVIDU: ETABLISSEMENT,
    "S21.G00.31": INDIVIDU,
    CONTRAT: INDIVIDU,
    "S21.G00.41": CONTRAT,
    "S21.G00.50": INDIVIDU,
    "S21.G00.51": "S21.G00.50",
    "S21.G00.53": "S21.G00.50",
    "S21.G00.60": CONTRAT,
    "S21.G00.62": CONTRAT,
    "S21.G00.65": CONTRAT,
    BASE: "S21.G00.50",
    "S21.G00.86": INDIVIDU,
    TOTAL: DECLARATION,
}
# A block that comes once, and a block whose first rubric is compulsory: for both, going back is an error and not
# the beginning of another instance.
SINGLE = frozenset((ENVOI, EMETTEUR, DEPOSANT, RANG, ENTREPRISE, ETABLISSEMENT, TOTAL))
OPENED_BY_001 = frozenset((CONTRAT, "S21.G00.50", "S21.G00.51", "S21.G00.53", BASE, "S21.G00.86"))


def _below(block: str) -> frozenset[str]:
    children = {child for child, parent in ANCESTOR.items() if parent == block}
    return frozenset(children.union(*map(_below, children)))


# What a new instance of a block closes.
CLOSED_BY: Mapping[str, frozenset[str]] = {block: _below(block) for block in (ENVOI, *ANCESTOR)}

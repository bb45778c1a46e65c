"""Where the known blocks of a DSN stand. Hierarchy is positional: nothing in the file says where a block ends.

Only the blocks this service reads, and only an ancestor that is certain: the order of siblings is not reliable.
A block that is not here is counted and passed over.
"""

from collections.abc import Mapping

ENVOI, DECLARATION, ENTREPRISE, ETABLISSEMENT = "S10.G00.00", "S20.G00.05", "S21.G00.06", "S21.G00.11"
INDIVIDU, CONTRAT, TOTAL = "S21.G00.30", "S21.G00.40", "S90.G00.90"
REQUIRED = (ENVOI, DECLARATION, ENTREPRISE, ETABLISSEMENT)

ANCESTOR: Mapping[str, str] = {
    "S10.G00.01": ENVOI,
    "S10.G00.02": ENVOI,
    "S10.G00.95": ENVOI,
    DECLARATION: ENVOI,
    "S20.G00.07": DECLARATION,
    "S20.G00.08": DECLARATION,
    "S20.G00.96": DECLARATION,
    ENTREPRISE: DECLARATION,
    ETABLISSEMENT: ENTREPRISE,
    "S21.G00.82": ETABLISSEMENT,
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
    "S21.G00.78": "S21.G00.50",
    "S21.G00.86": INDIVIDU,
    TOTAL: DECLARATION,
}
# A block that comes once, and a block whose first rubric is compulsory: for both, going back is an error and not
# the beginning of another instance.
SINGLE = frozenset((ENVOI, "S10.G00.01", "S10.G00.95", "S20.G00.96", ENTREPRISE, ETABLISSEMENT, TOTAL))
OPENED_BY_001 = frozenset((CONTRAT, "S21.G00.50", "S21.G00.51", "S21.G00.53", "S21.G00.78", "S21.G00.86"))


def _below(block: str) -> frozenset[str]:
    children = {child for child, parent in ANCESTOR.items() if parent == block}
    return frozenset(children.union(*map(_below, children)))


# What a new instance of a block closes.
CLOSED_BY: Mapping[str, frozenset[str]] = {block: _below(block) for block in (ENVOI, *ANCESTOR)}

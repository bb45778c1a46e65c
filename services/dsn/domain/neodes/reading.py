"""One declaration while it is read: its place in the tree, the header it tells, what is counted of its individuals.

Counts, codes and rubric ids are all that is kept: no NIR, name or amount leaves this object.
"""

import hashlib
from collections.abc import Callable

from services.dsn.domain.neodes import tree
from services.dsn.domain.neodes.corrections import Corrections
from services.dsn.domain.neodes.dates import is_date
from services.dsn.domain.neodes.faults import Fault, fault
from services.dsn.domain.neodes.seen import Seen

_HEADER = frozenset(block for block, _ in tree.HEADER)
_FAULTS_KEPT = 8
_CODES_KEPT = 32
# Beyond these, repeats are looked for no further, and the report says so: no establishment has as many.
MOST_INDIVIDUALS = 1_000_000
MOST_CONTRACTS = 10_000


class Reading:
    """A declaration from its S10.G00.00 to its S90.G00.90."""

    def __init__(self, first_line: int) -> None:
        self.first_line = self.last_line = first_line
        self.faults: list[Fault] = []
        self.header: dict[tuple[str, int], str] = {}
        self.fund_codes: dict[str, int] = {}
        self.absences: set[str] = set()
        self.corrections = Corrections(self.header)
        self.individuals = 0
        self.rubrics = 0
        self.complete = False
        self._block, self._number, self._value, self._month = "", 0, "", ""
        self._open: set[str] = set()
        self._seen: set[str] = set()
        self._nirs = Seen(MOST_INDIVIDUALS)
        self._contracts = Seen(MOST_CONTRACTS)
        self._digest = hashlib.sha256()
        self._handlers: dict[tuple[str, int], Callable[[str], None]] = {
            (tree.INDIVIDU, 1): self._nir,
            (tree.CONTRAT, 1): self._date,
            (tree.CONTRAT, 9): self._contract,
            (tree.CONTRAT, 22): self._fund_code,
            (tree.DECLARATION, 5): self._month_declared,
            (tree.DECLARATION, 7): self._date,
            (tree.BASE, 2): self._base,
            (tree.BASE, 7): self.corrections.asked_by,
            (tree.COTISATION, 3): self.corrections.contribution,
            (tree.COTISATION, 6): self.corrections.contribution_asked_by,
            (tree.ABSENCE, 1): self._absence,
            ("S21.G00.86", 3): self._seniority,
            (tree.TOTAL, 1): self._total,
            (tree.TOTAL, 2): self._end,
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the lines, whatever their ends were."""
        return self._digest.hexdigest()

    @property
    def rejected(self) -> bool:
        """True once a control that rejects has failed."""
        return any(one.control.rejects for one in self.faults)

    def begins_again(self, block: str, number: int) -> bool:
        """True when this rubric can only be the first of another declaration."""
        return block == tree.ENVOI and (self._block != tree.ENVOI or number <= self._number)

    def note(self, code: str) -> None:
        """A control failed at the current line. The first ones of a declaration tell enough."""
        if len(self.faults) < _FAULTS_KEPT or (fault(code, 0).control.rejects and not self.rejected):
            self.faults.append(fault(code, self.last_line))

    def note_once(self, code: str) -> None:
        """The same, for what a whole file may have on each of its lines."""
        if all(one.control.code != code for one in self.faults):
            self.note(code)

    def spoilt(self, at: int, line: str, code: str) -> None:
        """A line that holds no rubric, at line `at`: the control `code` says why."""
        self.last_line = at
        if fault(code, at).control.rejects:
            self._digest.update(f"{line}\n".encode("latin-1"))
        self.note_once(code)

    def take(self, at: int, line: str, block: str, number: int, value: str) -> None:
        """The next rubric, at line `at`."""
        self.last_line = at
        self.rubrics += 1
        self._digest.update(f"{line}\n".encode("latin-1"))
        if block != self._block or number <= self._number:
            self._enter(block, number)
        self._block, self._number = block, number
        if block in _HEADER:
            self.header.setdefault((block, number), value)
        handler = self._handlers.get((block, number))
        if handler:
            handler(value)
        self._value = value

    def close(self) -> None:
        """No more rubric comes: say what lacks."""
        if not self.complete:
            self.note("fin_absente")
        if not self._seen.issuperset(tree.REQUIRED):
            self.note("bloc_absent")
        if self._nirs.full or self._contracts.full:
            self.note("doublons_non_cherches")
        self._nirs.clear()

    def _enter(self, block: str, number: int) -> None:
        """Another block, or another instance of the same one."""
        if block == tree.DECLARATION and block in self._seen and (block != self._block or number == 1):
            self.note("deux_declarations")
        elif block == self._block and self._goes_back(block, number):
            self.note("rubrique_en_arriere")
        elif block in tree.SINGLE and block in self._seen:
            self.note("bloc_repete")
        ancestor = tree.ANCESTOR.get(block)
        if ancestor and ancestor not in self._open:
            self.note("bloc_orphelin")
        self._open -= tree.CLOSED_BY.get(block, frozenset())
        if block in tree.CLOSED_BY:  # of a block that is not in the tree nothing is asked, and there may be a million
            self._open.add(block)
            self._seen.add(block)
        if block == tree.INDIVIDU:
            self.individuals += 1
            self._contracts.clear()

    @staticmethod
    def _goes_back(block: str, number: int) -> bool:
        return block in tree.SINGLE or block == tree.DECLARATION or (block in tree.OPENED_BY_001 and number != 1)

    def _nir(self, value: str) -> None:
        if self._nirs.add(value):
            self.note("nir_en_double")

    def _contract(self, value: str) -> None:
        if self._contracts.add(value):
            self.note("contrat_en_double")

    def _fund_code(self, value: str) -> None:
        value = value.strip()
        if 1 <= len(value) <= 10 and (value in self.fund_codes or len(self.fund_codes) < _CODES_KEPT):
            self.fund_codes[value] = self.fund_codes.get(value, 0) + 1

    def _absence(self, value: str) -> None:
        value = value.strip()
        if 1 <= len(value) <= 10 and len(self.absences) < _CODES_KEPT:
            self.absences.add(value)

    def _month_declared(self, value: str) -> None:
        self._month = value[2:]

    def _base(self, day: str) -> None:
        """The first day of a base. Nearly all are of the month declared: those cost one comparison."""
        if day[2:] != self._month:
            self.corrections.since(self._value, day)
            self._handlers[tree.BASE, 3] = self.corrections.until
        elif self.corrections.open:
            self.corrections.close_base()

    def _seniority(self, value: str) -> None:
        if value.strip("0.") == "":
            self.note("anciennete_nulle")

    def _date(self, value: str) -> None:
        if not is_date(value):
            self.note("date_invalide")

    def _total(self, value: str) -> None:
        # The total counts its own two lines and the service rubrics: this line is there, the next one comes.
        if _count(value) != self.rubrics + 1:
            self.note("total_rubriques")

    def _end(self, value: str) -> None:
        self.complete = True
        if _count(value) != 1:
            self.note("total_declarations")


def _count(value: str) -> int | None:
    """The number that `value` writes, zeros before it or not; None when it is not one."""
    return int(value.lstrip("0")[:12] or "0") if value.isascii() and value.isdigit() else None

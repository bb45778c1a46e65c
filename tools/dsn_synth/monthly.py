"""A monthly declaration as rubrics in the order of the norm, and its bytes.

Nothing of it is shared with the service that reads it: the two only meet in a file.
"""

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from tools.dsn_synth.identifiers import nir, siren, siret

Rubric = tuple[str, str]
NORMAL, NEANT, REPLACES, CANCELS, REPLACES_BY_NEANT = "01", "02", "03", "04", "05"


@dataclass(frozen=True)
class Monthly:
    """What is declared. `period` is « AAAA-MM », `deposited_at` a naive Paris time (default: the 4th of next month).

    `corrects` is an earlier month that a base of the first person belongs to (S21.G00.78.002, .003), `quotes` the flow
    whose answer asked for it (.007); `substitution`, `replaced` and `business_id` are S20.G00.05.013, .006 and .009.
    """

    siret: str
    period: str
    people: int = 3
    fund_code: str = "BTPIDF"
    type: str = NORMAL
    nature: str = "01"
    fraction: str = "11"
    order: int = 1
    norm: str = ""
    test: bool = False
    absence: str = ""
    exit: bool = False
    service_blocks: bool = True
    deposited_at: datetime | None = None
    declarant: str = ""
    company: str = "MAÇONNERIE DE L'ÉTANG"
    rank: str = "1"
    corrects: str = ""
    quotes: str = ""
    substitution: str = ""
    replaced: str = ""
    business_id: str = ""
    seed: int = 0

    @property
    def month(self) -> str:
        """The declared month as the norm writes it, 01MMAAAA."""
        return f"01{self.period[5:]}{self.period[:4]}"

    @property
    def moment(self) -> datetime:
        """When it was deposited."""
        first = datetime(int(self.period[:4]), int(self.period[5:]), 1)
        return self.deposited_at or (first + timedelta(days=31)).replace(day=4, hour=9, minute=30)

    @property
    def flow(self) -> str:
        """The id of the flow, the same for the same declaration."""
        told = (self.siret, self.period, self.type, self.nature, self.fraction, self.order, self.test, self.declarant)
        more = tuple(one for one in (self.corrects, self.quotes, self.substitution, self.replaced) if one)
        return hashlib.sha256(repr((*told, self.moment, self.seed, *more)).encode()).hexdigest()[:24]

    @property
    def emitter(self) -> str:
        """The SIRET of who sends: a fictional accounting firm, unless a declarant is given."""
        return self.declarant or siret(siren(random.Random(4096)), 1)


def rubrics(one: Monthly) -> list[Rubric]:
    """The declaration, total included."""
    body = [*_envoi(one), *_declaration(one), *_company(one)]
    if one.type in (NORMAL, REPLACES):
        for person in range(one.people):
            body += _person(one, person)
    return closed([*body, ("S21.G00.85.001", one.siret), ("S21.G00.85.002", "4120A")])


def closed(body: list[Rubric]) -> list[Rubric]:
    """`body` and its total block, which counts its own two lines."""
    return [*body, ("S90.G00.90.001", str(len(body) + 2)), ("S90.G00.90.002", "1")]


def render(lines: list[Rubric], end: str = "\r\n") -> bytes:
    """The bytes of `lines`, in ISO-8859-1."""
    return "".join(f"{code},'{value}'{end}" for code, value in lines).encode("latin-1")


def _envoi(one: Monthly) -> list[Rubric]:
    norm = one.norm or f"P{one.period[2:4]}V01"
    known = [("S10.G00.00.001", "SYNTHPAIE"), ("S10.G00.00.002", "EDITEUR FICTIF"), ("S10.G00.00.003", "1.0")]
    known += [("S10.G00.00.005", "01" if one.test else "02"), ("S10.G00.00.006", norm), ("S10.G00.00.007", "01")]
    known += [("S10.G00.00.008", "02" if one.type in (NEANT, REPLACES_BY_NEANT) else "01")]
    known += [("S10.G00.01.001", one.emitter[:9]), ("S10.G00.01.002", one.emitter[9:])]
    known += [
        ("S10.G00.01.003", "CABINET D'EXEMPLE"),
        ("S10.G00.02.001", "02"),
        ("S10.G00.02.002", "NOM0000 PRENOM0000"),
    ]
    if one.service_blocks:
        known += [("S10.G00.95.001", "CABINET D'EXEMPLE"), ("S10.G00.95.003", one.emitter), ("S10.G00.95.006", "01")]
        known += [("S10.G00.95.008", f"{one.moment:%Y%m%d%H%M%S}"), ("S10.G00.95.900", one.flow)]
    return known


def _declaration(one: Monthly) -> list[Rubric]:
    known = [("S20.G00.05.001", one.nature), ("S20.G00.05.002", one.type), ("S20.G00.05.003", one.fraction)]
    known += [("S20.G00.05.004", str(one.order)), ("S20.G00.05.005", one.month)]
    known += [("S20.G00.05.006", one.replaced)] if one.replaced else []
    known += [("S20.G00.05.007", f"{one.moment:%d%m%Y}"), ("S20.G00.05.008", "01")]
    known += [("S20.G00.05.009", one.business_id)] if one.business_id else []
    known += [("S20.G00.05.010", "01")]
    known += [("S20.G00.05.013", one.substitution)] if one.substitution else []
    known += [("S20.G00.07.001", "NOM0000"), ("S20.G00.07.002", "0100000000"), ("S20.G00.07.004", "04")]
    known += [("S20.G00.07.001", "NOM0000"), ("S20.G00.07.002", "0100000000"), ("S20.G00.07.004", "15")]
    if one.absence:
        known += [("S20.G00.08.001", one.absence)]
    if one.service_blocks:
        known += [("S20.G00.96.902", one.rank)]
    return known


def _company(one: Monthly) -> list[Rubric]:
    known = [("S21.G00.06.001", one.siret[:9]), ("S21.G00.06.002", one.siret[9:]), ("S21.G00.06.003", "4120A")]
    known += [("S21.G00.06.004", "1 RUE DE L'ÉGLISE"), ("S21.G00.06.903", one.company)]
    known += [("S21.G00.11.001", one.siret[9:]), ("S21.G00.11.002", "4120A"), ("S21.G00.11.003", "1 RUE DE L'ÉGLISE")]
    if one.exit:
        known += [("S21.G00.11.024", "01")]
    return known


def _person(one: Monthly, number: int) -> list[Rubric]:
    last, rng = f"28{one.month[2:]}", random.Random(f"{one.siret}{number}{one.seed}")
    hours, pay = 151.67, round(rng.uniform(1800, 4200), 2)
    known = [("S21.G00.30.001", nir(number)), ("S21.G00.30.002", f"NOM{number:04d}")]
    known += [("S21.G00.30.004", f"PRENOM{number:04d}"), ("S21.G00.30.006", "01011980")]
    known += [("S21.G00.40.001", "01022018"), ("S21.G00.40.002", "04"), ("S21.G00.40.005", "411")]
    known += [("S21.G00.40.009", f"{number + 1:05d}")]
    if one.fund_code:
        known += [("S21.G00.40.022", one.fund_code)]
    known += [("S21.G00.40.041", "N2P1")]
    known += [("S21.G00.50.001", last), ("S21.G00.50.002", f"{pay:.2f}")]
    known += [("S21.G00.51.001", one.month), ("S21.G00.51.002", last), ("S21.G00.51.010", f"{number + 1:05d}")]
    known += [("S21.G00.51.011", "001"), ("S21.G00.51.013", f"{pay:.2f}")]
    known += [("S21.G00.53.001", "01"), ("S21.G00.53.002", f"{hours:.2f}"), ("S21.G00.53.003", "10")]
    for base in ("03", "20", "21", "34"):
        known += [("S21.G00.78.001", base), ("S21.G00.78.002", one.month), ("S21.G00.78.003", last)]
        known += [("S21.G00.78.004", f"{pay:.2f}")]
    if number == 0 and (one.corrects or one.quotes):
        known += _correction(one)
    return [*known, ("S21.G00.86.001", "07"), ("S21.G00.86.002", "03"), ("S21.G00.86.003", str(1 + number % 30))]


def _correction(one: Monthly) -> list[Rubric]:
    """A base of paid leave that belongs to an earlier month."""
    month = one.corrects or one.period
    days = [("S21.G00.78.002", f"01{month[5:]}{month[:4]}"), ("S21.G00.78.003", f"28{month[5:]}{month[:4]}")]
    known = [("S21.G00.78.001", "20"), *days, ("S21.G00.78.004", "-12.50")]
    return [*known, ("S21.G00.78.007", one.quotes)] if one.quotes else known

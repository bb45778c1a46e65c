"""From a declaration read to the deposit it stands for: the lexical and coherence controls of the header."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from contracts.rules.numbers import right_siret
from services.dsn.domain.deposit import JUDGED, TYPES, Deposit, rank_of
from services.dsn.domain.neodes import tree
from services.dsn.domain.neodes.dates import is_date
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.periods import Period

_PARIS = ZoneInfo("Europe/Paris")
_TEST, _REAL = "01", "02"
_NORM = re.compile(r"P(\d\d)V\d\d", re.ASCII)
_OLDEST_NORM = 2
_DIGITS = re.compile(r"\d+", re.ASCII)
_FLOW = re.compile(r"[\x21-\x7e]{1,64}")


def deposit_of(reading: Reading, today: date) -> Deposit | None:
    """The deposit of a whole declaration, warnings noted on `reading`; None when its header cannot be trusted, or when
    it is the signal of an event, which is about no month."""
    if reading.rejected:
        return None
    failed = _failed(reading)
    if failed and _is_signal(reading):
        reading.note("nature_ignoree")
        return None
    for code in failed:
        reading.note(code)
    if failed:
        return None
    deposit = _build(reading)
    _check_emitter(reading)
    _check_coherence(reading, deposit, today)
    _check_norm(reading, deposit, today)
    if reading.corrections.too_many:
        reading.note("trop_de_corrections")
    return _not_of_tomorrow(reading, deposit, today)


def _not_of_tomorrow(reading: Reading, deposit: Deposit, today: date) -> Deposit:
    """A time of deposit or of filing after `today` (a day of Paris) counts as unknown: it would win against the true
    ones for years."""
    times = {name: getattr(deposit, name) for name in ("deposited_at", "filed_at")}
    future = {name: None for name, at in times.items() if at and is_tomorrow(at, today)}
    if future:
        reading.note("date_future")
    return replace(deposit, **future)  # type: ignore[arg-type]


def is_tomorrow(at: datetime, today: date) -> bool:
    """True when `at` is after `today`, a day of Paris."""
    return at.astimezone(_PARIS).date() > today


def _value(reading: Reading, block: str, number: int) -> str:
    return reading.header.get((block, number), "")


def _is_signal(reading: Reading) -> bool:
    """Neither monthly nor a substitution: an absence, its end, the end of a contract… It counts for no month."""
    nature = _value(reading, tree.DECLARATION, 1)
    return is_number(nature, 2, 2) and nature not in JUDGED


def _failed(reading: Reading) -> list[str]:
    """The controls that fail of what says which month of which establishment this is, and how it counts."""
    declaration = {number: _value(reading, tree.DECLARATION, number) for number in (1, 2, 3, 4, 5)}
    siren, nic = _value(reading, tree.ENTREPRISE, 1), _value(reading, tree.ETABLISSEMENT, 1)
    controls = {
        "envoi_invalide": _value(reading, tree.ENVOI, 5) in (_TEST, _REAL),
        "nature_invalide": is_number(declaration[1], 2, 2),
        "type_invalide": declaration[2] in TYPES,
        "fraction_invalide": is_number(declaration[3], 2, 2),
        "ordre_invalide": is_number(declaration[4], 1, 15),
        "mois_invalide": is_month(declaration[5]),
        "siret_invalide": is_number(siren, 9, 9) and is_number(nic, 5, 5),
    }
    return [code for code, passed in controls.items() if not passed]


def is_number(value: str, shortest: int, longest: int) -> bool:
    """True for digits alone, from `shortest` to `longest` of them."""
    return shortest <= len(value) <= longest and bool(_DIGITS.fullmatch(value))


def is_month(value: str) -> bool:
    """True for the first day of a month of this century, 01MMAAAA."""
    return is_date(value) and value.startswith("01") and value[4:6] == "20"


def _build(reading: Reading) -> Deposit:
    declaration = {number: _value(reading, tree.DECLARATION, number) for number in (1, 2, 3, 4, 5, 6, 7, 9, 13)}
    flow, place = flow_of(reading)
    identity = hashlib.sha256(f"{flow}|{place}".encode("latin-1")).hexdigest() if flow else reading.digest
    return Deposit(
        identity=identity,
        digest=reading.digest,
        siret=_value(reading, tree.ENTREPRISE, 1) + _value(reading, tree.ETABLISSEMENT, 1),
        period=Period(int(declaration[5][4:]), int(declaration[5][2:4])),
        nature=declaration[1],
        type=declaration[2],
        fraction=int(declaration[3][0]),
        fractions=int(declaration[3][1]),
        order=int(declaration[4]),
        is_test=_value(reading, tree.ENVOI, 5) == _TEST,
        declarant=_declarant(reading),
        norm=_value(reading, tree.ENVOI, 6)[:10],
        replaced=declaration[6][:64] or None,
        filed_at=_instant(f"{declaration[7][4:]}{declaration[7][2:4]}{declaration[7][:2]}000000"),
        deposited_at=deposited_at(reading),
        individuals=reading.individuals,
        fund_codes=dict(reading.fund_codes),
        absences=tuple(sorted(reading.absences)),
        exit_requested=_value(reading, tree.ETABLISSEMENT, 24) == "01",
        flow_id=flow,
        flow_rank=place,
        business_id=declaration[9][:64] or None,
        substitution=declaration[13][:2] or None,
        corrections=reading.corrections.found(),
    )


def flow_of(reading: Reading) -> tuple[str | None, str | None]:
    """The flow and the rank in it that the platform gave; two nulls when one lacks."""
    flow, place = _value(reading, tree.DEPOSANT, 900), _value(reading, tree.RANG, 902)
    return (flow, rank_of(place)) if _FLOW.fullmatch(flow) and _FLOW.fullmatch(place) else (None, None)


def deposited_at(reading: Reading) -> datetime | None:
    """When the platform says that it was deposited."""
    return _instant(_value(reading, tree.DEPOSANT, 8))


def _declarant(reading: Reading) -> str:
    """The SIRET of the registered declarant, or the émetteur's when the platform added no service block."""
    siret = _value(reading, tree.DEPOSANT, 3)
    return (siret or _value(reading, tree.EMETTEUR, 1) + _value(reading, tree.EMETTEUR, 2))[:14]


def _instant(written: str) -> datetime | None:
    """The UTC instant of an AAAAMMJJHHMMSS of Paris; None when it is not one."""
    if not is_number(written, 14, 14):
        return None
    try:
        parts = [int(written[start:end]) for start, end in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))]
        moment = datetime(*parts, tzinfo=_PARIS)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
    return moment.astimezone(UTC) if 2000 <= moment.year < 2100 else None


def _check_emitter(reading: Reading) -> None:
    if not right_siret(_value(reading, tree.ENTREPRISE, 1) + _value(reading, tree.ETABLISSEMENT, 1)):
        reading.note("cle_siret")
    emitter = _value(reading, tree.EMETTEUR, 1) + _value(reading, tree.EMETTEUR, 2)
    if emitter and not right_siret(emitter):
        reading.note("cle_emetteur")


def _check_norm(reading: Reading, deposit: Deposit, today: date) -> None:
    """One norm a year: it is named after it and serves its declarations, those of the months around included."""
    found = _NORM.fullmatch(deposit.norm)
    if not found or not _OLDEST_NORM <= int(found[1]) <= today.year - 2000 + 1:
        reading.note("norme_inconnue")
    elif int(found[1]) > 3 and abs(2000 + int(found[1]) - deposit.period.year) > 1:
        reading.note("norme_periode")


def _check_coherence(reading: Reading, deposit: Deposit, today: date) -> None:
    if deposit.is_test:
        reading.note("envoi_de_test")
    if deposit.nature not in JUDGED:
        reading.note("nature_ignoree")
    if deposit.without_individual and deposit.individuals:
        reading.note("neant_avec_individus")
    if deposit.type in ("01", "03") and not deposit.individuals and not deposit.absences:
        reading.note("sans_individu")
    if not 1 <= deposit.fraction <= deposit.fractions:
        reading.note("fraction_incoherente")
    if deposit.period > Period.of(today):
        reading.note("periode_future")

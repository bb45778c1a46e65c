"""What the demo's caisse receives and answers: the guide's own months, an alert of each reason, one put right late.

Each site expects months from long ago on; what is not told here is a néant. Months that stay silent are missing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from embedded.demo_data import GUIDE_MISSING, GUIDE_TO_RECTIFY, WITNESS, period, site_of_durand
from tools.dsn_synth import crm
from tools.dsn_synth.monthly import NEANT, Monthly, render, rubrics

# The months of the guide's pictures (G63, G64): missing, and to be rectified by the answer's code.
MISSING_MONTHS = ("2021-09", "2021-10")
TO_RECTIFY_MONTHS = {"2022-08": 1, "2022-10": 2}
# The witness site, so many months ago: how it declared, and what the caisse answered.
LATE, TEST, FRACTION, REFUSED, PARTIAL, CORRECTIONS, SILENT = 8, 7, 6, 5, 4, 3, 2
_ANSWERED = {LATE: 0, REFUSED: 3, PARTIAL: 2, CORRECTIONS: 1}
# What the caisse finds wrong, by the code of its answer: the page of the month shows it.
_WRONG = {"code": "E0101", "severity": "ANOMALIE", "rubric": "S21.G00.40.022", "count": 2}
_BLOCKING = {"code": "E0201", "severity": "BLOQUANT", "rubric": "S21.G00.40.005", "count": 1}
_FOUND = {1: [_WRONG], 2: [_BLOCKING, _WRONG], 3: [_BLOCKING]}


def declarations(today: date) -> bytes:
    """The file of declarations, as of `today`."""
    return b"".join(render(rubrics(one)) for one, _ in _told(today))


def answers(today: date) -> bytes:
    """The caisse's answers to them."""
    said = datetime.combine(today - timedelta(days=1), time(18), UTC)
    return crm.render([_answer(one, code, said) for one, code in _told(today) if code is not None])


def _answer(one: Monthly, code: int, said: datetime) -> dict[str, object]:
    """With what is wrong; how many anomalies that makes follows from it."""
    told = crm.crm(one, code, said)
    return {**told, "errors": None, "returns": _FOUND[code]} if code in _FOUND else told


def _told(today: date) -> Iterator[tuple[Monthly, int | None]]:
    for site, first in ((GUIDE_MISSING, "2021-09"), (GUIDE_TO_RECTIFY, "2022-08"), (WITNESS, period(today, LATE))):
        for months in count(1):
            month = period(today, months)
            if month < first:
                break
            one, code = _of_witness(month, months) if site == WITNESS else _of_guide(site, month)
            if one:
                yield _in_time(replace(one, siret=site_of_durand(site)), today), code


def _of_guide(site: str, month: str) -> tuple[Monthly | None, int | None]:
    if site == GUIDE_MISSING and month in MISSING_MONTHS:
        return None, None
    if site == GUIDE_TO_RECTIFY and month in TO_RECTIFY_MONTHS:
        return Monthly("", month), TO_RECTIFY_MONTHS[month]
    return Monthly("", month, type=NEANT), None


def _of_witness(month: str, months: int) -> tuple[Monthly | None, int | None]:
    if months == SILENT:
        return None, None
    if months < SILENT:
        return Monthly("", month, type=NEANT), None
    one = Monthly("", month, test=months == TEST, fraction="12" if months == FRACTION else "11")
    return one, _ANSWERED.get(months)


def _in_time(one: Monthly, today: date) -> Monthly:
    """Deposited yesterday at the latest; the late one then, long after it was due."""
    yesterday = datetime.combine(today - timedelta(days=1), time(9, 30))
    late = one.siret == site_of_durand(WITNESS) and one.period == period(today, LATE)
    return replace(one, deposited_at=yesterday if late else min(one.moment, yesterday))

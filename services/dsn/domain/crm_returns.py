"""The returns of an answer, as far as they are kept: code, severity, rubric and how many. No NIR, name or amount.

What an organism writes beside them (message, value, expected value) is not even looked at.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.rules.crm_returns import MOST_RETURNS, RETURN_CODE, RUBRIC
from contracts.words.facts import Severity

_MOST = 1_000_000
_WEIGHTS = (Severity.BLOCKING, Severity.ANOMALY, Severity.INFORMATION)


_WORDS = {
    "I": Severity.INFORMATION,
    "INFO": Severity.INFORMATION,
    "OK": Severity.INFORMATION,
    "ANO": Severity.ANOMALY,
    "NON BLOQUANT": Severity.ANOMALY,
    "KO": Severity.BLOCKING,
    **{str(one): one for one in Severity},
}


@dataclass(frozen=True, slots=True)
class Return:
    """What is wrong, how much it weighs, in which rubric (null: none is named), and how often."""

    code: str
    severity: Severity
    rubric: str | None
    count: int


def worst_first(returns: Iterable[Return]) -> tuple[Return, ...]:
    """The same, what blocks before what does not, what comes often before what comes once."""
    return tuple(sorted(returns, key=_weight))


def _weight(one: Return) -> tuple[int, int, str, str]:
    return _WEIGHTS.index(one.severity), -one.count, one.code, one.rubric or ""


def returns_of(told: object) -> tuple[tuple[Return, ...], bool]:
    """The returns that `told` holds, those alike counted together, and whether all of it could be kept.

    One whose code or rubric is not one of theirs is left out: what stands there instead may be anything.
    """
    if told is None:
        return (), True
    if not isinstance(told, list):
        return (), False
    counted: Counter[tuple[str, Severity, str | None]] = Counter()
    whole = True
    for one in told:
        read = _return(one)
        if read is None or (len(counted) >= MOST_RETURNS and read[0] not in counted):
            whole = False
            continue
        counted[read[0]] = min(counted[read[0]] + read[1], _MOST)
    found = (Return(code, severity, rubric, count) for (code, severity, rubric), count in counted.items())
    return tuple(sorted(found, key=lambda one: (one.code, one.rubric or "", one.severity))), whole


def _return(told: object) -> tuple[tuple[str, Severity, str | None], int] | None:
    if not isinstance(told, Mapping):
        return None
    code, rubric = _text(told.get("code")).upper(), _text(told.get("rubric")).upper()
    severity = _severity(told.get("severity"), code)
    count = told.get("count", told.get("similar_count"))
    count = 1 if count is None else _count(count)
    if not RETURN_CODE.fullmatch(code) or (rubric and not RUBRIC.fullmatch(rubric)) or severity is None or not count:
        return None
    return (code, severity, rubric or None), count


def _text(value: object) -> str:
    """The words of a text or of a whole number; nothing of anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)[:64].strip()


def _severity(value: object, code: str) -> Severity | None:
    """What is said of it; else what its code does: those of information begin with an I."""
    if value is None:
        return Severity.INFORMATION if code.startswith("I") else Severity.ANOMALY
    return _WORDS.get(" ".join(_text(value).upper().replace("_", " ").split()))


def _count(value: object) -> int:
    words = _text(value)
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 7 and int(words) <= _MOST else 0

"""What the caisse answers to a deposit (CRM). Published again and again: the latest one counts, whenever it comes."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.words.facts import CrmStatus
from services.dsn.domain.crm_returns import Return

# The date of an answer whose own lies in the future: older than every other one, so that it never wins against them.
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(minutes=5)
ACCEPTED, CORRECTIONS, PARTIAL, REFUSED = 0, 1, 2, 3
_IMPLIED = {CrmStatus.OK: ACCEPTED, CrmStatus.ANO: CORRECTIONS, CrmStatus.KO: REFUSED}
OURS = "CIBTP"  # the nature of a caisse's answer; the number that the platform gives it is published nowhere
# The platform's own returns (10, 11) and those of other organisms: they say nothing of what the caisse decided.
_OF_OTHERS = frozenset("10 11 20 21 22 23 30 31 40 41 44 50 51 60 61 62 70 71 80 92 93 94 95 135".split())


@dataclass(frozen=True, slots=True)
class Crm:
    """One publication about the declaration (flow_id, rank) by one organism. `code` is null while it is pending.

    `returns` are what is said in detail; they are written, and not read again to judge a month.
    """

    flow_id: str
    flow_rank: str
    organism: str
    status: CrmStatus
    code: int | None
    published_at: datetime
    errors: int = 0
    nature: str = OURS
    returns: tuple[Return, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """As an event says it."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        returns = [
            {"anomaly": one.code, "severity": one.severity, "rubric": one.rubric, "count": one.count}
            for one in self.returns
        ]
        told = {"rank": plain.pop("flow_rank"), "return_code": plain.pop("code"), "returns": returns}
        return {**plain, **told, "published_at": self.published_at.isoformat()}

    @property
    def is_ours(self) -> bool:
        """False for a return of the platform or of another organism."""
        return self.nature not in _OF_OTHERS


@dataclass(frozen=True, slots=True)
class Answer:
    """What the publications about one deposit amount to: the worst code, or null while one organism has not finished.

    `last` is the worst code that was ever concluded last, which a new « en cours » does not erase.
    """

    code: int | None = None
    last: int | None = None
    errors: int = 0


NO_ANSWER = Answer()


def dated(one: Crm, now: datetime) -> Crm:
    """`one`, UNDATED when it says that it was published after `now`: nobody publishes tomorrow's answer."""
    return replace(one, published_at=UNDATED) if one.published_at > now + TOLERANCE else one


def implied_code(status: CrmStatus, code: int | None) -> int | None:
    """The return code of a status: the organism's own when it says one, else OK 0, ANO 1, KO 3, EN_COURS none."""
    if status is CrmStatus.PENDING:
        return None
    return _IMPLIED[status] if code is None else code


def answer(publications: Iterable[Crm]) -> Answer:
    """The answer of `publications` about one deposit, in any order and with repeats."""
    told = list(publications)
    newest = latest(told)
    if not newest:
        return NO_ANSWER
    codes = [crm.code for crm in newest.values() if crm.code is not None]
    concluded = latest(crm for crm in told if crm.code is not None)
    return Answer(
        code=max(codes) if len(codes) == len(newest) else None,
        last=max((crm.code for crm in concluded.values() if crm.code is not None), default=None),
        errors=sum(crm.errors for crm in newest.values()),
    )


def latest(publications: Iterable[Crm]) -> dict[tuple[str, str], Crm]:
    """The newest publication of each organism and nature: the one that counts."""
    return {(crm.organism, crm.nature): crm for crm in sorted(publications, key=_time)}


def _time(crm: Crm) -> tuple[datetime, int, int]:
    # Two publications of one instant: the worse one counts, whatever came first.
    return crm.published_at, -1 if crm.code is None else crm.code, crm.errors

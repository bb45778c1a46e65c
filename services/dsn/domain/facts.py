"""Everything that is known of an establishment and may change what its months are: received, answered, refused, mended.

A fact has an identity: it may come twice and in any order. None holds a NIR, a name or an amount.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from contracts.words.facts import Origin
from services.dsn.domain.crm import Crm
from services.dsn.domain.deposit import Deposit
from services.dsn.domain.periods import Period

Flow = tuple[str, str]
Publications = Mapping[Flow, Iterable[Crm]]


@dataclass(frozen=True, slots=True)
class RefusedPiece:
    """A piece of a file that was refused and whose header names an establishment and a month: somebody did declare.

    `code` and `line` are the control that refused it and where. `named` are the caisses it names, as far as it was
    read; `nature` is empty when it could not be read.
    """

    identity: str
    siret: str
    period: Period
    code: str
    line: int
    received_at: datetime
    nature: str = ""
    is_test: bool = False
    named: tuple[str, ...] = ()
    deposited_at: datetime | None = None
    flow_id: str | None = None
    flow_rank: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """The caisse could not process something (`processing.failed`). It names an establishment and its month, or a flow.

    `cause` is a code or a short text of the caisse's systems.
    """

    identity: str
    failed_at: datetime
    cause: str
    siret: str | None = None
    period: Period | None = None
    flow_id: str | None = None
    flow_rank: str | None = None


@dataclass(frozen=True, slots=True)
class Rectification:
    """The caisse validated a correction of a month made otherwise than by a deposit (`rectification.validated`)."""

    identity: str
    siret: str
    period: Period
    origin: Origin
    validated_at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of one month beside its deposits: `corrected_by` are living deposits of later months."""

    refused: Sequence[RefusedPiece] = ()
    failures: Sequence[Failure] = ()
    rectifications: Sequence[Rectification] = ()
    corrected_by: Sequence[Deposit] = ()


NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class Facts:
    """The facts of one establishment, by month; the caisse's answers by flow and rank."""

    deposits: Mapping[Period, Sequence[Deposit]] = field(default_factory=dict)
    publications: Publications = field(default_factory=dict)
    refused: Mapping[Period, Sequence[RefusedPiece]] = field(default_factory=dict)
    failures: Mapping[Period, Sequence[Failure]] = field(default_factory=dict)
    rectifications: Mapping[Period, Sequence[Rectification]] = field(default_factory=dict)

    @property
    def periods(self) -> set[Period]:
        """The months that something is known of."""
        return {*self.deposits, *self.refused, *self.failures, *self.rectifications}

    def beside(self, period: Period, corrected_by: Sequence[Deposit]) -> Beside:
        """What is known of `period` beside its deposits."""
        refused, failures = self.refused.get(period, ()), self.failures.get(period, ())
        rectifications = self.rectifications.get(period, ())
        if not (refused or failures or rectifications or corrected_by):
            return NOTHING_BESIDE
        return Beside(refused, failures, rectifications, corrected_by)


NO_FACTS = Facts()
Fact = Deposit | Crm | RefusedPiece | Failure | Rectification


class Why(StrEnum):
    """Why a fact does not count for its month."""

    TEST = "TEST"
    OTHER_NATURE = "OTHER_NATURE"
    OTHER_CAISSE = "OTHER_CAISSE"
    DUPLICATE = "DUPLICATE"
    REPLACED = "REPLACED"
    CANCELLED = "CANCELLED"
    OVERTAKEN = "OVERTAKEN"  # something later of the same kind says otherwise
    NOT_ACCEPTED = "NOT_ACCEPTED"  # a correction that the caisse has not accepted


@dataclass(frozen=True, slots=True)
class Ignored:
    """A fact that does not count for its month, and why."""

    fact: Fact
    why: Why

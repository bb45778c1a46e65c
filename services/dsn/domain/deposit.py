"""A deposit: what a declaration's header says, the fact from which months are judged. No personal data is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from services.dsn.domain.periods import Period

MONTHLY, SUBSTITUTION = "01", "09"
JUDGED = (MONTHLY, SUBSTITUTION)
# S20.G00.05.013: a substitution made because of the caisse's answer, the one that puts a month right.
AFTER_ANSWER = "02"
NORMAL, NEANT, REPLACES, CANCELS, REPLACES_BY_NEANT = "01", "02", "03", "04", "05"
TYPES = (NORMAL, NEANT, REPLACES, CANCELS, REPLACES_BY_NEANT)
TYPE_LABELS = {
    NORMAL: "Normale",
    NEANT: "Néant",
    REPLACES: "Annule et remplace",
    CANCELS: "Annule",
    REPLACES_BY_NEANT: "Annule et remplace (néant)",
}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Correction(NamedTuple):
    """What a declaration says of an earlier month: a base of contributions that belongs to it, or an answer of the
    caisse that made the correction (`quote`, empty when none is named). One of the two is there."""

    period: Period | None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """One declaration of one establishment for one month.

    `identity` is the same for the same declaration sent again. `replaced` names the declaration whose place it takes,
    by the `business_id` or the flow of that one; `substitution` says why one of nature 09 was made. `fund_codes` counts
    the contracts by code of caisse de congés payés, `absences` names the caisses declared to have no one this month
    (S20.G00.08).
    """

    identity: str
    digest: str
    siret: str
    period: Period
    nature: str
    type: str
    fraction: int
    fractions: int
    order: int
    is_test: bool
    declarant: str = ""
    norm: str = ""
    replaced: str | None = None
    filed_at: datetime | None = None
    deposited_at: datetime | None = None
    received_at: datetime | None = None
    individuals: int = 0
    fund_codes: Mapping[str, int] = field(default_factory=dict)
    absences: tuple[str, ...] = ()
    exit_requested: bool = False
    flow_id: str | None = None
    flow_rank: str | None = None
    business_id: str | None = None
    substitution: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def known_since(self) -> datetime | None:
        """From when an answer to it can be waited for: its deposit, or its coming to us when the file does not say
        it."""
        return self.deposited_at or self.received_at

    @property
    def rank_in_time(self) -> tuple[int, datetime, str]:
        """What orders two deposits of one month: their order number, then their time, then anything stable."""
        return self.order, self.deposited_at or self.filed_at or LONG_AGO, self.identity

    @property
    def without_individual(self) -> bool:
        """A néant: types 02 and 05."""
        return self.type in (NEANT, REPLACES_BY_NEANT)

    @property
    def addressed(self) -> bool:
        """True when some caisse is named, or none has to be."""
        return bool(self.fund_codes or self.absences) or self.without_individual or self.type == CANCELS

    def is_for(self, fund_code: str) -> bool:
        """True when the caisse of `fund_code` is concerned: a contract or an absence names it, or there is no one."""
        named = fund_code in self.fund_codes or fund_code in self.absences
        return named or self.without_individual or self.type == CANCELS

    def nobody_for(self, fund_code: str) -> bool:
        """True when the declaration says that it has no one of this caisse."""
        return fund_code in self.absences and fund_code not in self.fund_codes

    def nobody(self, fund_code: str) -> bool:
        """True for what the caisse has nothing to judge in: a néant, or no one of its own."""
        return self.without_individual or self.nobody_for(fund_code)


def rank_of(written: str) -> str:
    """The rank of a declaration in its flow, without the zeros that some write before it: « 01 » is « 1 »."""
    return written.lstrip("0") or "0" if written.isascii() and written.isdigit() else written


def fund_code(caisse: str, known: Mapping[str, str]) -> str:
    """The code that addresses a declaration to `caisse` (S21.G00.40.022): the one `known`, else a fictional one.

    The real table (CPCP) is published nowhere we could read; « BTP » and the first letters of the caisse stand for it.
    """
    return known.get(caisse) or _fictional(caisse)


@lru_cache(maxsize=1024)
def _fictional(caisse: str) -> str:
    letters = "".join(char for char in caisse.upper() if char.isascii() and char.isalnum())
    return f"BTP{letters[:3]}"

"""One delegation: who holds what, on which days, granted by whom, and what may still be done with it.

`granted` is what the grantor signed; `effective` is what it is worth now: the same for a delegation of the company, the
meet with the parent's for one that the firm made under its own (C10); without the days on which it is suspended.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from contracts.rules import written
from contracts.words.kinds import Kind, Role
from services.delegation.domain.addresses import same_address
from services.delegation.domain.grant import Grant
from services.delegation.domain.refusals import (
    AlreadyIdentifiedRefused,
    NotToConfirmRefused,
    OverRefused,
    PendingRefused,
)
from services.delegation.domain.refusals_suspending import SuspendedRefused
from services.delegation.domain.roles import role_of
from services.delegation.domain.status import Facts, State, state_on, usable_on

PENDING = (State.INVITED, State.TO_CONFIRM)
# When what happened to it happened; None of what has not.
INSTANTS = ("opened_at", "completed_at", "confirmed_at", "refused_at", "closed_at")
OVER = (State.CLOSED, State.REFUSED, State.ENDED)
LATE = timedelta(days=7)  # a start that nobody was told of for so long is no news any more


@dataclass(frozen=True)
class Beneficiary:
    """The person it is for. His account and his names are known once he accepted: he completed his account from this
    invitation, or accepted it with the one he had (K14)."""

    email: str
    account_id: UUID | None = None
    nom: str | None = None
    prenom: str | None = None


@dataclass(frozen=True)
class Delegation:
    """A delegation as it stands. Every change makes a new one."""

    id: UUID
    adherent_id: UUID
    kind: Kind
    beneficiary: Beneficiary
    granted: Grant
    effective: Grant
    opened_at: datetime
    facts: Facts
    sequence: int = 1
    parent_id: UUID | None = None
    grantor_id: UUID | None = None
    completed_at: datetime | None = None
    confirmed_at: datetime | None = None
    refused_at: datetime | None = None
    closed_at: datetime | None = None
    reinvited_at: datetime | None = None
    # The date d'effet that is known to everybody: it came with a decision, or was announced on its day.
    begun_on: date | None = None
    # When an administrator last answered for it in a review.
    reviewed_at: datetime | None = None

    @property
    def role(self) -> Role:
        """The role lists show."""
        return role_of(self.kind, self.effective.scope.administrator)

    @property
    def of_the_firm(self) -> bool:
        """True for the accounting firm's own accounts, those it delegated to included."""
        return self.kind is Kind.CABINET

    @property
    def invited_at(self) -> datetime:
        """When its invitation was last asked for: with its opening, or again since."""
        return self.reinvited_at or self.opened_at

    def state_on(self, day: date) -> State | None:
        """Where it stands on `day`."""
        return state_on(self.effective.period, self.facts, day)

    def usable_on(self, day: date) -> bool:
        """Whether its rights may be used on `day` (C9)."""
        return usable_on(self.effective.period, self.facts, day)

    def ensure_open(self, day: date) -> None:
        """Raises OverRefused if it is closed, refused or past its date de fin."""
        if self.state_on(day) in OVER:
            raise OverRefused

    def ensure_modifiable(self, day: date) -> None:
        """« En attente » can be viewed and closed, not modified (T7); what is suspended is taken up or closed."""
        self.ensure_decided(day)
        until = self.facts.suspended_until
        if until and self.state_on(day) is State.SUSPENDED:
            said = written.day(until)
            raise SuspendedRefused(f"Cette délégation est suspendue jusqu'au {said} : reprenez-la pour la modifier.")

    def ensure_decided(self, day: date) -> None:
        """Raises PendingRefused while nobody confirmed it, OverRefused once it is over."""
        self.ensure_open(day)
        if self.state_on(day) in PENDING:
            raise PendingRefused

    def ensure_to_confirm(self, day: date) -> None:
        """Confirmed or refused once, after the beneficiary completed his account (G52)."""
        if self.state_on(day) is not State.TO_CONFIRM:
            raise NotToConfirmRefused

    def ensure_to_invite(self, day: date) -> None:
        """A new link is for who has not completed his account."""
        self.ensure_open(day)
        if self.state_on(day) is not State.INVITED:
            raise AlreadyIdentifiedRefused

    def asked_of(self, proved: str) -> bool:
        """True if `proved` is the very address this delegation, which nobody has yet, was sent to (K1)."""
        return same_address(proved) == same_address(self.beneficiary.email)

    def identified(self, who: Beneficiary, at: datetime, day: date) -> Self:
        """Its beneficiary has an account, which proved the address asked (G51, K1: ask `asked_of` first)."""
        return self._next(beneficiary=who, completed_at=at, facts=replace(self.facts, completed_on=day))

    def confirmed(self, at: datetime, day: date, who: Beneficiary | None = None) -> Self:
        """The handshake is complete (G52): from now on it shows its beneficiary as he is, his address included (K1)."""
        facts = replace(self.facts, confirmed_on=day)
        return self._next(beneficiary=who or self.beneficiary, confirmed_at=at, facts=facts).begun(day)

    def begun(self, day: date) -> Self:
        """The same; if it is open on `day`, which is the day of a decision about it, its start needs no other word."""
        return replace(self, begun_on=self.effective.period.starts_on) if self.usable_on(day) else self

    def starts_untold(self, day: date) -> bool:
        """Whether it opened by itself, on `day` or a few days ago, since it was confirmed."""
        confirmed, starts = self.facts.confirmed_on, self.effective.period.starts_on
        return self.usable_on(day) and confirmed is not None and confirmed < starts and day - starts <= LATE

    @property
    def resumes_after(self) -> date | None:
        """The last day of the suspension that its first day follows; None: it follows none."""
        until, starts = self.facts.suspended_until, self.effective.period.starts_on
        return until if until is not None and starts == until + timedelta(days=1) else None

    def refused(self, at: datetime, day: date) -> Self:
        """An administrator refused it."""
        return self._next(refused_at=at, facts=replace(self.facts, refused_on=day))

    def closed(self, at: datetime, day: date) -> Self:
        """It is over, for good."""
        return self._next(closed_at=at, facts=replace(self.facts, closed_on=day))

    def granted_again(self, grant: Grant, grantor_id: UUID | None, parent: "Delegation | None") -> Self:
        """Other days or rights, granted by somebody who takes it over from the former grantor."""
        return self._next(granted=grant, grantor_id=grantor_id)._worth(parent)

    def suspended(self, until: date, parent: "Delegation | None") -> Self:
        """It opens nothing up to `until`; what was granted is kept, and counts again from the day after."""
        return self._next(facts=replace(self.facts, suspended_until=until))._worth(parent)

    def resumed(self, parent: "Delegation | None") -> Self:
        """It opens what was granted again, under its parent."""
        return self.unsuspended()._next()._worth(parent)

    def unsuspended(self) -> Self:
        """The same version, whose last suspension bears no more on what is granted from now on."""
        return replace(self, facts=replace(self.facts, suspended_until=None))

    def reviewed(self, at: datetime) -> Self:
        """The same, answered for; what a review makes of it has its own version already."""
        return replace(self, reviewed_at=at)

    def rebounded(self, parent: "Delegation") -> Self:
        """What is left of it under a parent that changed; itself if that changes nothing."""
        left = self._worth(parent)
        return self if left.effective == self.effective else left._next()

    def reinvited(self, at: datetime) -> Self:
        """A new link was asked for."""
        return self._next(reinvited_at=at)

    def noted(self) -> Self:
        """The same, a version later: something was said about it, which the journal keeps."""
        return self._next()

    def renamed(self, nom: str | None, prenom: str | None) -> Self:
        """The caisse corrected the name of somebody not identified yet."""
        return self._next(beneficiary=replace(self.beneficiary, nom=nom, prenom=prenom))

    def _worth(self, parent: "Delegation | None") -> Self:
        left = self.granted.after(self.facts.suspended_until)
        return replace(self, effective=left.meet(parent.effective) if parent else left)

    def _next(self, **changes: Any) -> Self:
        return replace(self, sequence=self.sequence + 1, **changes)

"""What a declared month is judged from beside what is alive of it, and what that says of one deposit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from services.dsn.domain import crm
from services.dsn.domain.calendar import later
from services.dsn.domain.corrections import Corrections, corrections, published
from services.dsn.domain.crm import Answer
from services.dsn.domain.deposit import Deposit
from services.dsn.domain.facts import Beside, Publications
from services.dsn.domain.site import Patience

_TAKEN = Answer(crm.ACCEPTED, crm.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of a month whose declaration is complete, as of an instant."""

    fund_code: str
    deposits: Collection[Deposit]
    publications: Publications
    beside: Beside
    as_of: datetime
    patience: Patience

    def answer(self, deposit: Deposit) -> Answer:
        """The caisse's answer; a néant that nobody answered is accepted as it is, where the caisse answers none."""
        found = crm.answer(published(deposit, self.publications))
        taken = found is crm.NO_ANSWER and deposit.nobody(self.fund_code)
        return _TAKEN if taken and not self.patience.waits_for_neant(self.fund_code) else found

    def waits_until(self, deposit: Deposit) -> datetime:
        """Until when an answer to `deposit` can be waited for."""
        return later(deposit.known_since or self.as_of, self.patience.crm_timeout)

    def corrections(self, live: Collection[Deposit], code: int) -> Corrections:
        """What puts right the worst answer `code` to `live`."""
        said = (one for deposit in live for one in published(deposit, self.publications) if one.code == code)
        since = max((one.published_at for one in said), default=crm.UNDATED)
        return corrections(self.deposits, self.beside, self.publications, self.fund_code, since)

"""People with rights, sites and their alerts, as the events of their owners say them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backbone.events.cards import EventCard
from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.events import authority, delegation, dsn, identity
from contracts.words.alerts import AlertChange, AlertStatus
from contracts.words.functions import DECLARATIONS_NOMINATIVES
from contracts.words.levels import Level
from services.notification.storage.tables import digest, told
from tests.service.notification.mail import like


class Alerts:
    """A service under test, the people and the alerts that it is told of."""

    def __init__(self, under: ServiceUnderTest) -> None:
        self.under, self.firm, self._sequence = under, new_id(), 0
        self.believed()

    def believed(self) -> None:
        """delegation says that all it decided is known."""
        self._say(authority.DELEGATION_ALIVE, {"owner": "delegation", "as_of": self.under.clock.now()})

    def person(self, email: str = "comptable@example.com", *, firms: Sequence[UUID] = (), **of: Any) -> UUID:
        """Somebody with an account and a delegation of each of `firms` (of the one, by default)."""
        account = new_id()
        self.account(account, email)
        for firm in firms or (self.firm,):
            self.grant(account, firm=firm, **of)
        return account

    def account(self, account: UUID, email: str, **changes: Any) -> None:
        """An account as identity says it."""
        self._say(identity.ACCOUNT_UPDATED, {"account_id": account, "email": email, "prenom": "Claire", **changes})

    def grant(self, account: UUID, *, firm: UUID | None = None, card: EventCard | None = None, **changes: Any) -> UUID:
        """A delegation of `firm` to `account`: by default one that opens « Mes déclarations nominatives »."""
        example = like(delegation.DELEGATION_CONFIRMED)
        said: dict[str, Any] = {
            "delegation_id": new_id(),
            "adherent": {**example["adherent"], "adherent_id": firm or self.firm},
            "beneficiary": {**example["beneficiary"], "account_id": account},
            "administrator": False,
            "rights": {DECLARATIONS_NOMINATIVES: Level.CONSULTATION},
            **changes,
        }
        if card is None:  # as it was before: a mail tells of what changed only
            said["before"] = {
                name: said.get(name, example[name]) for name in like(delegation.DELEGATION_CHANGED)["before"]
            }
        self._say(card or delegation.DELEGATION_CHANGED, said)
        return UUID(str(said["delegation_id"]))

    def open(self, alert: UUID | None = None, **changes: Any) -> UUID:
        """An alert was opened, a new one unless it is named."""
        return self.says(dsn.ALERT_OPENED, alert or new_id(), **changes)

    def says(self, card: EventCard, alert: UUID, *, firm: UUID | None = None, **changes: Any) -> UUID:
        """dsn says something of `alert`; an alert of a site of its own unless it is named."""
        return UUID(str(self.all(card, [self.like(card, alert, firm=firm, **changes)])[0]["alert_id"]))

    def like(self, card: EventCard, alert: UUID, *, firm: UUID | None = None, **changes: Any) -> dict[str, Any]:
        """What `card` says of `alert`, opened now."""
        example = like(card)
        company = {**example["adherent"], "adherent_id": firm or self.firm}
        changes = {"opened_at": self.under.clock.now(), "site_id": new_id(), **changes}
        return {**example, "alert_id": alert, "adherent": company, **changes}

    def all(self, card: EventCard, said: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Many events of one card, in one batch."""
        self._sequence += 1
        deliveries = [self.under.delivery(card, one, self._sequence) for one in said]
        outcome = self.under.take(deliveries)
        assert not (outcome.failed or outcome.parked), (outcome, self.under.errors())
        return said

    def reopen(self, alert: UUID, **changes: Any) -> None:
        """It is open again."""
        self.open(alert, change=AlertChange.REOPENED, reopened_count=1, **changes)

    def resolve(self, alert: UUID) -> None:
        """It is over."""
        self.says(dsn.ALERT_RESOLVED, alert, status=AlertStatus.RESOLVED)

    def run(self) -> int:
        """The digests of now are ordered, and what waits is sent; how many mails left."""
        self.believed()
        self.under.run_job("order_digests")
        return self.under.run_job("send_emails")

    def looked_at(self) -> list[tuple[UUID, int]]:
        """Whom the runs looked at, and how many alerts each was told."""
        with self.under.engine.connect() as connection:
            return [(row.account_id, row.alerts) for row in connection.execute(sa.select(digest))]

    def told(self) -> int:
        """How many alerts were told to somebody."""
        with self.under.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(told)).scalar_one())

    def _say(self, card: EventCard, changes: Mapping[str, Any]) -> None:
        self._sequence += 1
        self.under.deliver(card, like(card, **changes), sequence=self._sequence, twice=False)

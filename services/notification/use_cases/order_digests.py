"""Order the digest of the DSN alerts for everybody who has something to be told, once a person and working day.

The people of a batch, what they are told and their mails are one transaction: killed in the middle, the run goes on
with those that it had not looked at. Whoever was looked at is not looked at again that day, whatever opens after.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import ages, believed
from backbone.shape.aside import Rows, in_batches
from contracts.events.authority import ACCESS
from contracts.words.preferences import DEFAULTS, Rhythm, Subject
from services.notification.domain.digest import Alert, Why, chosen, day_due, digest, leaves, why
from services.notification.domain.kinds import Urgency
from services.notification.messages import recapitulatif_dsn
from services.notification.settings import Settings
from services.notification.steps.order_messages import Asked, Proof, order_messages
from services.notification.storage import digests, preferences

log = logging.getLogger(__name__)
PEOPLE = 100  # in one transaction
PARTY = "recapitulatifs"  # they take turns with everybody else's mail as one


def order_digests(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings, proof: Proof) -> int:
    """Order what is due today; how many people were looked at. Nothing before half past seven, on days on which nobody
    works, after the run of the day, and while what is known of the accesses is too old to be believed: a right that was
    taken is told nothing."""
    day = day_due(clock.now())
    if day is None or not _may_run(day, units, settings):
        return 0
    rows = Rows("order_digests", due=partial(_due, day), act=partial(_order, day, proof), key=lambda one: one)
    done = in_batches(rows, units=units, batch=PEOPLE)
    with units() as uow:
        digests.end(uow.connection, day, uow.now)
        uow.commit()
    return done


def _may_run(day: date, units: Callable[[], UnitOfWork], settings: Settings) -> bool:
    with units() as uow:
        if digests.has_ended(uow.connection, day):
            return False
        age = ages(uow.connection, (ACCESS,), uow.now)[ACCESS.owner]
    if not believed(age, settings.authority_max_age):
        log.warning("digests wait: the accesses are not known well enough", extra={"age": age})
        return False
    return True


def _due(day: date, uow: UnitOfWork, most: int, beside: Sequence[UUID]) -> Sequence[UUID]:
    return digests.people(uow.connection, day, uow.now, most, beside)


def _order(day: date, proof: Proof, accounts: Sequence[UUID], uow: UnitOfWork) -> int:
    """Order the digests of `accounts`; how many of them were looked at, which are all."""
    found = digests.alerts(uow.connection, accounts, day, uow.now)
    rhythms = preferences.rhythms(uow.connection, accounts, Subject.DSN_ALERTS)
    said = {one: _told(found.get(one, ()), rhythms.get(one, {}), day, uow.now) for one in accounts}
    said = {one: alerts for one, alerts in said.items() if alerts}
    readers = digests.readers(uow.connection, said)
    asked = []
    for one, alerts in said.items():
        order = recapitulatif_dsn.order(readers[one], digest(alerts), day)
        asked.append(Asked(order, f"{one}:{day}", Urgency.COPY, PARTY))
    order_messages(asked, uow=uow, proof=proof)
    told = {one: [alert for alert, _ in alerts] for one, alerts in said.items()}
    digests.note(uow.connection, day, told, accounts)
    return len(accounts)


def _told(alerts: Sequence[Alert], rhythms: Mapping[UUID, Rhythm], day: date, now: datetime) -> list[tuple[Alert, Why]]:
    """Of `alerts`, those that one person is told on `day`, each with its reason."""
    usual = DEFAULTS[Subject.DSN_ALERTS]
    reached = (alert for alert in alerts if leaves(chosen(rhythms, alert.adherent_id, usual), day))
    return [(alert, reason) for alert in reached if (reason := why(alert, day, now))]

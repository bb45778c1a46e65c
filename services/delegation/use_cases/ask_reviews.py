"""The administrators of a company are asked, by one mail, to review its delegations: every so many months, and when
one of them left what he had granted. In the day, not in the night: nobody hurries."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from backbone.clock import PARIS, Clock, paris_day
from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.events.review import MOST_LEFT, REVIEW_ASKED
from contracts.words.review import Due
from services.delegation.domain.reviewing import months_before
from services.delegation.settings import Settings
from services.delegation.steps.announce import person
from services.delegation.steps.telling import author_name
from services.delegation.storage import adherents, delegations, reviews

HOURS = range(8, 20)  # in Paris


@in_lane(Lane.BULK)
def ask_reviews(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings) -> int:
    """Ask where it is due, each company once; how many were. Nothing outside of the hours of the day."""
    now = clock.now()
    if now.astimezone(PARIS).hour not in HOURS:
        return 0
    day, since = paris_day(now), months_before(now, settings.review_months)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return reviews.to_ask(uow.connection, day, since, limit, beside)

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        ids = [row["id"] for row in rows]
        delegations.lock(uow.connection, ids)
        concerned = adherents.references(uow.connection, set(ids))
        for id in ids:
            _ask(uow, id, concerned[id], day, since)
        return len(ids)

    return in_batches(Rows("ask_reviews", due, act, itemgetter("id")), units=units, batch=settings.closing_batch)


def _ask(uow: UnitOfWork, adherent_id: UUID, adherent: Any, day: date, since: datetime) -> None:
    """Note it, and tell those for whom something is to be reviewed beside their own."""
    left = reviews.departed(uow.connection, adherent_id, day)
    asked = reviews.note_asked(uow.connection, adherent_id, left, uow.now)
    waiting = reviews.holders_due(uow.connection, adherent_id, day, since)
    serving = delegations.company_administrators(uow.connection, [adherent_id], day)
    told = [one for one in serving if one.usable_on(day) and waiting - {one.beneficiary.account_id}]
    names = [author_name(one) for one in delegations.by_ids(uow.connection, left[:MOST_LEFT]).values()]
    if told:
        data = {
            "review_id": asked,
            "adherent": dict(adherent),
            "reason": Due.DEPART if left else Due.PERIODE,
            "left": sorted(name for name in names if name),
            "administrators": [person(one) for one in told],
        }
        uow.record(REVIEW_ASKED, sequence=1, data=data)

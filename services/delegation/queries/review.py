"""The review of an adhérent's delegations: each with what it gives and when each right was last used."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.web import page_of
from contracts.words.review import Due
from services.delegation.domain.authority import author_shown
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.reviewing import months_before
from services.delegation.queries.presenting import list_items
from services.delegation.settings import Settings
from services.delegation.storage import reviews
from services.delegation.storage.delegations import administrator
from services.delegation.storage.sight import accounts_seen


def review(
    connection: Connection,
    *,
    clock: Clock,
    settings: Settings,
    account_id: UUID,
    adherent_id: UUID,
    a_revoir: bool = False,
    page: int = 1,
    page_size: int = 10,
) -> dict[str, Any]:
    """One page of what the account reviews there, by name; `a_revoir`: what waits for it alone. Raises NotFound,
    AccessRefused (AA22, AA26)."""
    now = clock.now()
    day, since = paris_day(now), months_before(now, settings.review_months)
    actor = administrator(connection, account_id, adherent_id, day)
    which = reviews.reviewable(actor, day)
    if a_revoir:
        which.append(reviews.due(actor, day, since))
    total, shown = reviews.count(connection, which), reviews.page(connection, which, page, page_size)
    return page_of(_lines(connection, actor, shown, now, since), total, page, page_size)


def waiting_reviews(connection: Connection, held: Delegation, now: datetime, settings: Settings) -> int:
    """How many wait for the review of the holder of `held`; none for who administers nothing."""
    if not held.effective.scope.administrator:
        return 0
    day = paris_day(now)
    due = reviews.due(held, day, months_before(now, settings.review_months))
    return reviews.count(connection, [*reviews.reviewable(held, day), due])


def _lines(
    connection: Connection, actor: Delegation, shown: list[Delegation], now: datetime, since: datetime
) -> list[dict[str, Any]]:
    people = [one.beneficiary.account_id for one in shown if one.beneficiary.account_id]
    used = reviews.last_used(connection, actor.adherent_id, people)
    by, seen = reviews.reviewers(connection, shown), accounts_seen(connection, actor)
    return [
        {
            **line,
            **one.effective.as_plain(),
            "used": used.get(one.beneficiary.account_id, {}) if one.beneficiary.account_id else {},
            "reviewed_at": one.reviewed_at,
            "reviewed_by": author_shown(*by[one.id], seen) if one.id in by else None,
            "due": _due(one, line["a_revoir"], since),
        }
        for one, line in zip(shown, list_items(connection, actor, shown, now), strict=True)
    ]


def _due(one: Delegation, left: bool, since: datetime) -> Due | None:
    if left:
        return Due.DEPART
    answered = one.reviewed_at or one.confirmed_at
    return Due.PERIODE if answered and answered <= since else None

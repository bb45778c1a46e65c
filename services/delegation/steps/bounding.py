"""What the firm delegated is bounded by the firm's own delegation at every moment (C10): reduced or closed with it."""

from collections.abc import Sequence

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_CLOSED
from contracts.words.reasons import Closed
from services.delegation.domain.delegation import Delegation
from services.delegation.steps.announce import announce, person, with_administrators
from services.delegation.steps.clashing import ensure_no_clash
from services.delegation.steps.telling import by_its_dates, telling, told_of_above
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Act, Author


def bound_descendants(uow: UnitOfWork, parent: Delegation, actor: Delegation) -> list[tuple[Delegation, Delegation]]:
    """Bound again everything live under `parent`, whose days or rights `actor` changed; each that is worth something
    else, as it was and as it is, to be announced.

    Raises the clash of two if one that gets days back meets another of its person there (K2): the whole change is
    refused. To end or to cut one of the two would take from somebody days that he has; the administrator, told at
    once whose address it is, closes the one that he does not want.
    """
    worth, changed, grown, day = {parent.id: parent}, [], [], paris_day(uow.now)
    for child in delegations.live_descendants(uow.connection, [parent.id]):
        above = worth.get(child.parent_id) if child.parent_id else None
        left = child.rebounded(above) if above else child
        worth[child.id] = left.begun(day) if left is not child else child
        if worth[child.id] is not child:
            changed.append((child, worth[child.id]))
        if worth[child.id].effective.period.gains(child.effective.period):
            grown.append(worth[child.id])
    delegations.save(
        uow.connection, [now for _, now in changed], act=Act.REDUCTION, author=Author.of(actor), at=uow.now
    )
    # Once they are saved, so that two that grow together are seen too.
    for child in grown:
        who = child.beneficiary
        ensure_no_clash(uow, actor, who, child.effective.period, beside=child.id, said=f"l'adresse {who.email}")
    return changed


def close_with_descendants(
    uow: UnitOfWork,
    ended: Sequence[Delegation],
    *,
    act: Act,
    author: Author,
    reason: str,
    told: bool = False,
    actor: Delegation | None = None,
) -> int:
    """Close these delegations and everything live under them; each is announced once. How many were closed.

    `told`: nobody asked for it, so the events name the administrators to tell. `actor`: the person who closed them, so
    the events name both sides; of what stood below, the beneficiaries alone.
    """
    day, ids = paris_day(uow.now), {one.id for one in ended}
    below = delegations.live_descendants(uow.connection, ids) if ids else []
    closed = [one.closed(uow.now, day) for one in ended]
    cascade = [one.closed(uow.now, day) for one in {one.id: one for one in below}.values() if one.id not in ids]
    delegations.save(uow.connection, closed, act=act, author=author, at=uow.now)
    delegations.save(uow.connection, cascade, act=Act.CASCADE, author=author, at=uow.now)
    concerned = adherents.references(uow.connection, {one.adherent_id for one in closed + cascade})
    watching = with_administrators(uow, closed, day) if told else ()
    names = {one.id: [person(admin) for admin in administrators] for one, administrators in watching}
    both = telling(uow, closed, actor) if actor else {}
    both |= by_its_dates(uow, closed) if reason == Closed.ECHEANCE else {}
    under = {one.id: {"below": len(cascade)} for one in closed[:1]} if actor and cascade else {}
    given_up = {one.id: {"renounced": True} for one in closed} if act is Act.RENONCIATION else {}
    for one in closed + cascade:
        more = {"reason": reason, "administrators": names.get(one.id, []), **under.get(one.id, {})}
        more |= given_up.get(one.id, {})
        more |= both.get(one.id, told_of_above(actor, one) if actor else {})
        announce(uow, DELEGATION_CLOSED, one, concerned[one.adherent_id], **more)
    return len(closed) + len(cascade)

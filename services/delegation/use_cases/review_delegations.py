"""The review: of many delegations at once, each is kept, reduced or closed. All of it is done, or nothing (C10, M7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import FieldError, Refused
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.reasons import Closed
from contracts.words.review import Answer
from services.delegation.domain.authority import ensure_not_own
from services.delegation.domain.grant import Grant, ensure_owns_days
from services.delegation.domain.refusals import MoreThanOwnedRefused, ReviewRefused
from services.delegation.domain.reviewing import reduced
from services.delegation.steps.bounding import close_with_descendants
from services.delegation.steps.changing import apply_change
from services.delegation.steps.deciding import Decision, decide, keep_administered
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage import delegations, reviews
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class Answered:
    """What becomes of one delegation, on the version that was shown; `rights`: what a reduction leaves."""

    delegation_id: UUID
    version: int
    answer: Answer
    rights: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReviewDelegations:
    """Who answers for which delegations."""

    actor: UUID | None
    adherent_id: UUID
    answers: Sequence[Answered]


def review_delegations(command: ReviewDelegations, *, uow: UnitOfWork) -> None:
    """Do every answer. NotFound or AccessRefused for who does not administer the adhérent; ReviewRefused, with a
    sentence for each answer that cannot be done: a delegation that changed (AA52), one's own (AA28), more than one owns
    (M8), the last administrator (M7), a reduction that is none."""
    delegations.lock(uow.connection, [command.adherent_id])
    delegations.administrator(uow.connection, command.actor, command.adherent_id, paris_day(uow.now))
    errors = [error for one in command.answers for error in _answered(command, one, uow)]
    if errors:
        raise ReviewRefused(errors=errors)


def _answered(command: ReviewDelegations, one: Answered, uow: UnitOfWork) -> list[FieldError]:
    """Do one of them; what refuses it, in words."""
    try:
        decision = decide(uow, command.actor, command.adherent_id, one.delegation_id)
        ensure_not_own(decision.actor, decision.target)
        ensure_shown(uow, decision, one.version)
        decision.target.ensure_decided(decision.day)
        _act(uow, decision, one)
    except Refused as refusal:
        said = " ".join(dict.fromkeys([refusal.detail, *(error.message for error in refusal.errors)]))
        return [FieldError(str(one.delegation_id), refusal.slug, said)]
    return []


def _act(uow: UnitOfWork, decision: Decision, one: Answered) -> None:
    if one.answer is Answer.GARDER:
        _keep(uow, decision, decision.target.granted, Act.REVUE)
    elif one.answer is Answer.REDUIRE:
        decision.target.ensure_modifiable(decision.day)
        _keep(uow, decision, reduced(decision.target, one.rights), Act.MODIFICATION)
    else:
        keep_administered(uow, decision, None)
        actor, author = decision.actor, Author.of(decision.actor)
        close_with_descendants(
            uow, [decision.target], act=Act.FERMETURE, author=author, reason=Closed.FERMETURE, actor=actor
        )


def _keep(uow: UnitOfWork, decision: Decision, grant: Grant, act: Act) -> None:
    """What is left of it is answered for. Who granted it goes on doing so; if he left, who answers takes it over, as
    if he granted it: with no more than he owns (C10)."""
    target = decision.target
    taken_over = target.id in reviews.left_by_grantor(uow.connection, [target.id], decision.day)
    if taken_over:
        ensure_owns_days(grant.period, decision.bound)
        if not grant.scope.within(decision.bound.scope):
            raise MoreThanOwnedRefused
    grantor_id = decision.actor.id if taken_over else target.grantor_id
    changed = target.granted_again(grant, grantor_id, decision.parent).reviewed(uow.now)
    keep_administered(uow, decision, changed)
    apply_change(uow, decision, changed, act=act)

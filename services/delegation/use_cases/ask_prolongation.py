"""A beneficiary asks for more days before his delegation ends; its administrators are told, the journal keeps it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.reminding import PROLONGATION_REQUESTED
from services.delegation.domain.prolongation import asked
from services.delegation.domain.refusals import NobodyToAskRefused
from services.delegation.steps.announce import announce, person, with_administrators
from services.delegation.steps.holding import decide_own
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage import adherents, delegations, prolongations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class AskProlongation:
    """Of which delegation, whose it is, the version that he was shown, and the last day that he wishes."""

    actor: UUID | None
    delegation_id: UUID
    version: int
    wanted_on: date


def ask_prolongation(command: AskProlongation, *, uow: UnitOfWork) -> None:
    """Ask, once for each end. Nothing is granted: whether it may be is judged when it is. NotFound, AA52, OverRefused,
    PendingRefused, NobodyToAskRefused, and what `domain.prolongation.asked` raises."""
    decision = decide_own(uow, command.actor, command.delegation_id)
    ensure_shown(uow, decision, command.version)
    mine = decision.target
    mine.ensure_modifiable(decision.day)
    known = prolongations.asked(uow.connection, [mine.id]).get(mine.id)
    wanted = asked(mine, known, command.wanted_on, decision.day, uow.now)
    ((_, serving),) = with_administrators(uow, [mine], decision.day)
    if not serving:
        raise NobodyToAskRefused
    prolongations.keep(uow.connection, mine.id, wanted)
    noted = mine.noted()
    author = Author.of(mine)
    delegations.save(uow.connection, [noted], act=Act.PROLONGATION_DEMANDEE, author=author, at=uow.now)
    told = {"wanted_on": wanted.wanted_on, "administrators": [person(one) for one in serving]}
    announce(uow, PROLONGATION_REQUESTED, noted, adherents.reference(uow.connection, mine.adherent_id), **told)

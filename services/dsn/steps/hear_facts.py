"""Keep the facts that the caisse's systems tell by events; their sites are looked at right after the commit.

A fact that is known already, by another event or by a file, changes nothing.
"""

from collections.abc import Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.crm import Crm
from services.dsn.domain.deposit import Deposit
from services.dsn.steps.keep_answers import keep_answers
from services.dsn.steps.looking_again import look_again
from services.dsn.storage import declarations, sites
from services.dsn.storage.declarations import NewDeposit


def hear_deposits(deposits: Sequence[Deposit], origin: UUID, uow: UnitOfWork) -> None:
    """Keep those that are new; one of an establishment that is not known waits for it, as one of a file does."""
    firsts = {one.identity: one for one in reversed(deposits)}
    known = sites.with_sirets(uow.connection, {one.siret for one in firsts.values()})
    new = [NewDeposit(one, [], one.siret not in known) for one in firsts.values()]
    written = declarations.write_deposits(uow.connection, new, origin, uow.now)
    # Also when none is known yet: what was written at the same moment may be.
    look_again({firsts[identity].siret for identity in written}, uow)


def hear_answers(answers: Sequence[Crm], origin: UUID, uow: UnitOfWork) -> None:
    """Keep those that are new."""
    look_again(keep_answers(answers, origin, uow).touched, uow)

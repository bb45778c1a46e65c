"""A person ends a delegation now, with all that was delegated under it: somebody else's, or his own, which he gives up.

Which of the two it is, the journal and both sides are told: « renonciation » is not « fermeture ».
"""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.reasons import Closed
from services.delegation.domain.authority import same_person
from services.delegation.steps.bounding import close_with_descendants
from services.delegation.steps.deciding import Decision, keep_administered
from services.delegation.storage.journal import Act, Author


def close_now(uow: UnitOfWork, decision: Decision) -> None:
    """Close the target of `decision`, which is open. Raises M7: the last administrator stays."""
    keep_administered(uow, decision, None)
    actor, target = decision.actor, decision.target
    act = Act.RENONCIATION if same_person(actor, target) else Act.FERMETURE
    author = Author.of(actor)
    close_with_descendants(uow, [target], act=act, author=author, reason=Closed.FERMETURE, actor=actor)

"""Keep answers of the caisses, whatever brought them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.metrics import LAG
from services.dsn.domain.crm import Crm
from services.dsn.domain.facts import Flow
from services.dsn.storage.answers import NewAnswer, identity_of, received_of_flows, sirets_of_flows, write_answers


@dataclass(frozen=True)
class KeptAnswers:
    """The establishment of each flow that is known, the identities of the answers that are new, and whose they are."""

    known: Mapping[Flow, str]
    written: frozenset[str]
    touched: frozenset[str]


def keep_answers(answers: Sequence[Crm], origin: UUID, uow: UnitOfWork) -> KeptAnswers:
    """Write those of `answers` that are not known, brought by the import or the event `origin`. One may come before its
    declaration: it then waits for it. The sites of `touched` are to be looked at."""
    known = sirets_of_flows(uow.connection, {(one.flow_id, one.flow_rank) for one in answers})
    new = [NewAnswer(one, None if (one.flow_id, one.flow_rank) in known else uow.now) for one in answers]
    written = write_answers(uow.connection, new, origin)
    flows = {(one.flow_id, one.flow_rank) for one in answers if identity_of(one) in written}
    for came in received_of_flows(uow.connection, flows).values():
        LAG.labels(uow.source).observe((uow.now - came).total_seconds())
    return KeptAnswers(known, frozenset(written), frozenset(known[flow] for flow in flows if flow in known))

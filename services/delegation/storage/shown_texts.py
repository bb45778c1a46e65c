"""Which version of the texts of `contracts/words/mandate_texts.py` a person was shown when he acted on a delegation."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from contracts.words.journal import Act
from contracts.words.mandate_texts import CURRENT, Moment
from services.delegation.domain.delegation import Delegation
from services.delegation.storage.attestation_tables import shown_texts

MOMENTS = {
    Act.OUVERTURE: Moment.OUVERTURE,
    Act.IDENTIFICATION: Moment.ACCEPTATION,
    Act.CONFIRMATION: Moment.CONFIRMATION,
}


def keep(connection: Connection, changed: Sequence[Delegation], act: Act) -> None:
    """That a person did `act`, on a page that showed the texts of now; nothing for an act that binds nobody."""
    if act in MOMENTS and changed:
        said = {"moment": str(MOMENTS[act]), "version": CURRENT}
        rows = [{"delegation_id": one.id, "sequence": one.sequence, **said} for one in changed]
        connection.execute(sa.insert(shown_texts), rows)


def shown(connection: Connection, delegation_id: UUID) -> dict[str, str | None]:
    """By moment, the version that was shown last; None where none was kept."""
    query = sa.select(shown_texts.c.moment, shown_texts.c.version).where(shown_texts.c.delegation_id == delegation_id)
    kept = {row.moment: row.version for row in connection.execute(query.order_by(shown_texts.c.sequence))}
    return {str(moment): kept.get(str(moment)) for moment in Moment}

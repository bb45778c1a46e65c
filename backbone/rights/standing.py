"""What is asked of every person's request before it is served: is the session alive, and are the projections that
decide young enough. One question, made once with the application (decision 69)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.rights import revocation
from backbone.rights.authority import Authority, aged, heard

_NOBODY = ""  # in the place of an owner: the row of the session itself


@dataclass(frozen=True)
class Standing:
    """`revoked`: the tokens of the session are dead. `ages`: as `authority.ages`."""

    revoked: bool
    ages: Mapping[str, float]


def asking(follows: Sequence[Authority]) -> Callable[[Connection, UUID, datetime], Standing]:
    """What asks, in one statement, how a session and the projections of `follows` stand at an instant."""
    revoked = revocation.table()
    mine = sa.select(sa.literal(_NOBODY).label("owner"), revoked.c.revoked_at.label("as_of"), sa.false().label("hole"))
    mine = mine.where(revoked.c.session_id == sa.bindparam("session_id", type_=sa.Uuid))
    question = sa.union_all(mine, heard(follows)) if follows else mine

    def ask(connection: Connection, session_id: UUID, now: datetime) -> Standing:
        rows = connection.execute(question, {"session_id": session_id}).all()
        return Standing(any(row.owner == _NOBODY for row in rows), aged(rows, follows, now))

    return ask

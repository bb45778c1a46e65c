"""The projections of identity's invitations and of their mails: what a pending delegation may be said of (K6)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.messaging.projections import Projection
from contracts.words.statuses import Outcome
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.invitation import Standing
from services.delegation.storage.journal import Act
from services.delegation.storage.tables import delegations, invitation_mails, invitations, journal

STANDINGS = Projection("identity", "invitations", invitations, "delegation_id")
# What became of a mail stays so: notification has nothing to say again.
MAILS = Projection("notification", "invitation_mails", invitation_mails, "invitation_id", fixed=("delegation_id",))


def project_standings(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep the newest standing of each delegation."""
    STANDINGS.keep(connection, rows)


def project_mails(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what became of the mail of each link."""
    MAILS.keep(connection, rows)


def standings(connection: Connection, delegation_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """Where the invitations of these delegations stand; nothing for one that identity has not told of yet."""
    mail = invitation_mails.c
    columns = (invitations, mail.outcome, mail.at.label("ended_at"))
    joined = sa.select(*columns).join_from(
        invitations, invitation_mails, mail.invitation_id == invitations.c.invitation_id, isouter=True
    )
    rows = connection.execute(joined.where(invitations.c.delegation_id.in_(list(delegation_ids)))).mappings()
    return {
        row["delegation_id"]: Standing(
            expires_at=row["expires_at"],
            sent_at=row["ended_at"] if row["outcome"] == Outcome.ENVOYE else None,
            failed_at=row["ended_at"] if row["outcome"] == Outcome.ECHEC else None,
            opened_at=row["opened_at"],
            next_at=row["next_at"],
            waits_for=row["waits_for"],
        )
        for row in rows
    }


def asked_since(connection: Connection, target: Delegation, instant: datetime) -> list[datetime]:
    """When invitations were asked for the address of `target` since then, by its adhérent, under the delegation that
    `target` stands under: openings and resends, which the journal has, whatever became of them. Who sees `target` sees
    all of these; what the company asked for is not the firm's to learn from a refusal (K10)."""
    query = (
        sa.select(journal.c.at)
        .join_from(journal, delegations, delegations.c.id == journal.c.delegation_id)
        .where(
            journal.c.adherent_id == target.adherent_id,
            delegations.c.parent_id.is_not_distinct_from(target.parent_id),
            journal.c.at > instant,
            journal.c.act.in_([Act.OUVERTURE, Act.INVITATION]),
            delegations.c.email_key == same_address(target.beneficiary.email),
        )
    )
    return list(connection.scalars(query))

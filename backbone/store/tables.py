"""The tables every service has beside its own: outbox (and what was put aside of it), inbox, idempotency, revoked
sessions, access, ages, epochs, job runs."""

from dataclasses import dataclass

import sqlalchemy as sa

from backbone.store.database import Instant


@dataclass(frozen=True)
class BackboneTables:
    """The backbone's tables in one service's metadata."""

    outbox: sa.Table
    outbox_parked: sa.Table
    inbox: sa.Table
    idempotency: sa.Table
    revoked_sessions: sa.Table
    access: sa.Table
    authority: sa.Table
    epochs: sa.Table
    job_runs: sa.Table


def tables(metadata: sa.MetaData) -> BackboneTables:
    """The backbone's tables, added to `metadata` once."""
    if "outbox" not in metadata.tables:
        for declare in (
            _outbox,
            _outbox_parked,
            _inbox,
            _idempotency,
            _revoked_sessions,
            _access,
            _authority,
            _epochs,
            _job_runs,
        ):
            declare(metadata)
    return BackboneTables(**{name: metadata.tables[name] for name in BackboneTables.__dataclass_fields__})


def _outbox(metadata: sa.MetaData) -> None:
    """Events recorded and not yet confirmed by the bus, each with its lane. A row leaves when the broker has it."""
    outbox = sa.Table(
        "outbox",
        metadata,
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_attempt_at", Instant),
        sa.Column("error", sa.String(200)),
        sa.Column("bulk", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    # Of the few that are urgent: they are found at once, however many bulk ones were recorded before them.
    urgent = sa.not_(outbox.c.bulk)
    sa.Index("outbox_urgent", outbox.c.position, postgresql_where=urgent, sqlite_where=urgent)


def _outbox_parked(metadata: sa.MetaData) -> None:
    """Events that the bus refused for their own sake, put aside with the reason for an operator."""
    sa.Table(
        "outbox_parked",
        metadata,
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("parked_at", Instant, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.String(200), nullable=False),
        sa.Column("bulk", sa.Boolean, nullable=False, server_default=sa.false()),
    )


def _inbox(metadata: sa.MetaData) -> None:
    """Events received: applied (a mark that absorbs repeats), waiting for a retry, or parked with all their bytes."""
    inbox = sa.Table(
        "inbox",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("source", sa.String(50), primary_key=True),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("received_at", Instant, nullable=False),
        sa.Column("applied_at", Instant),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_attempt_at", Instant),
        sa.Column("parked_at", Instant),
        sa.Column("error", sa.Text),
        sa.Column("headers", sa.Text),
        sa.Column("body", sa.LargeBinary),
        sa.Column("bulk", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    sa.Index(
        "inbox_due",
        inbox.c.next_attempt_at,
        postgresql_where=inbox.c.next_attempt_at.is_not(None),
        sqlite_where=inbox.c.next_attempt_at.is_not(None),
    )
    urgent = sa.and_(inbox.c.next_attempt_at.is_not(None), sa.not_(inbox.c.bulk))
    sa.Index("inbox_due_urgent", inbox.c.next_attempt_at, postgresql_where=urgent, sqlite_where=urgent)
    sa.Index(
        "inbox_parked",
        inbox.c.parked_at,
        postgresql_where=inbox.c.parked_at.is_not(None),
        sqlite_where=inbox.c.parked_at.is_not(None),
    )


def _idempotency(metadata: sa.MetaData) -> None:
    """Answers already given to an Idempotency-Key (C3), by caller."""
    sa.Table(
        "idempotency",
        metadata,
        sa.Column("owner", sa.String(100), primary_key=True),
        sa.Column("key", sa.Uuid, primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("created_at", Instant, nullable=False, index=True),
    )


def _revoked_sessions(metadata: sa.MetaData) -> None:
    """Sessions whose tokens are refused although they have not expired."""
    sa.Table(
        "revoked_sessions",
        metadata,
        sa.Column("session_id", sa.Uuid, primary_key=True),
        sa.Column("revoked_at", Instant, nullable=False, index=True),
    )


def _access(metadata: sa.MetaData) -> None:
    """Projection: who may do what, for which tenant, on which days. One row per grant, the highest sequence wins."""
    access = sa.Table(
        "access",
        metadata,
        sa.Column("grant_id", sa.Uuid, primary_key=True),
        sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("administrator", sa.Boolean, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("rights", sa.JSON, nullable=False),
    )
    sa.Index("access_by_account", access.c.account_id, access.c.tenant_id)


def _authority(metadata: sa.MetaData) -> None:
    """How far each owner's events are known here, and the sign of life that said so."""
    sa.Table(
        "authority",
        metadata,
        sa.Column("owner", sa.String(50), primary_key=True),
        sa.Column("as_of", Instant, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
    )


def _epochs(metadata: sa.MetaData) -> None:
    """How often an owner said its whole state again: this service itself, and the owners it heard to the end."""
    sa.Table(
        "epochs",
        metadata,
        sa.Column("owner", sa.String(50), primary_key=True),
        sa.Column("epoch", sa.BigInteger, nullable=False),
    )


def _job_runs(metadata: sa.MetaData) -> None:
    """When each job last ran, what it did, and when it is due again."""
    sa.Table(
        "job_runs",
        metadata,
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("started_at", Instant),
        sa.Column("finished_at", Instant),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("done", sa.Integer),
        sa.Column("error", sa.Text),
    )


APART = tables(sa.MetaData())
"""The tables apart from any service's metadata, for statements. Made at import, which one thread does: two that made
them at once had two tables of one name, and a statement with columns of both failed."""

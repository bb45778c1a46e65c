"""What Alembic runs for every service: the migrations, on the connection it was given, in one transaction.

Two processes that migrate at once wait for each other on PostgreSQL (advisory lock); on SQLite the write lock does it.
"""

import sqlalchemy as sa
from alembic import context

LOCK = 0x65737061


def run() -> None:
    """Run the migrations that are missing."""
    connection = context.config.attributes["connection"]
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        context.configure(connection=connection, render_as_batch=connection.dialect.name == "sqlite")
        context.run_migrations()

"""Alembic enters here; the backbone does the rest."""

from backbone.store.migrations.env import run

run()

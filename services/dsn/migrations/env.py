"""Alembic enters here; the backbone does the rest."""

from backbone.migrations.env import run

run()

"""Run by Alembic."""

from backbone.store.migrations.env import run

run()

"""Run by Alembic."""

from backbone.migrations.env import run

run()

"""Alembic environment: the backbone's."""

from backbone.migrations.env import run

run()

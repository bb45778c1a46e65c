"""Alembic environment: the backbone's."""

from backbone.store.migrations.env import run

run()

"""Alembic enters here; the backbone does the rest."""

from backbone.migrations import env  # noqa: F401

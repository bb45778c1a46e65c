"""Folded keys anew: apostrophes, hyphens and spaces are one separator, « Ł » is « L », no name comes last (G16)."""

from alembic import op

from backbone.store.migrations.recomputing import recompute
from contracts.rules.folding import fold, name_key

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Recompute what is stored; a key that is right already is not written."""
    recompute(op, "adherents", "raison_key", ("raison_sociale",), fold)
    recompute(op, "sites", "nom_key", ("nom",), fold)
    recompute(op, "delegations", "name_key", ("nom", "prenom", "email"), name_key)

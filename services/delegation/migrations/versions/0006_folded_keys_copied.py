"""Folded keys once more: what the former version wrote since 0003, and the copies of `site_access` (G16)."""

import sqlalchemy as sa
from alembic import op

from backbone.store.migrations.recomputing import recompute
from contracts.rules.folding import fold, name_key

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Recompute what is stored, then copy it; what is right already is not written."""
    recompute(op, "adherents", "raison_key", ("raison_sociale",), fold)
    recompute(op, "sites", "nom_key", ("nom",), fold)
    recompute(op, "delegations", "name_key", ("nom", "prenom", "email"), name_key)
    _copy()


def _copy() -> None:
    adherents = sa.table("adherents", *map(sa.column, ("id", "identifiant", "raison_key")))
    sites = sa.table("sites", *map(sa.column, ("id", "adherent_id", "siret", "nom_key")))
    copies = sa.table("site_access", *map(sa.column, ("site_id", "raison_key", "nom_key", "needle")))
    needle = adherents.c.raison_key + " " + sites.c.nom_key + " " + sites.c.siret + " "
    right = {
        "raison_key": adherents.c.raison_key,
        "nom_key": sites.c.nom_key,
        "needle": needle + sa.func.lower(adherents.c.identifiant),
    }
    wrong = sa.or_(*(copies.c[name] != key for name, key in right.items()))
    theirs = (copies.c.site_id == sites.c.id, sites.c.adherent_id == adherents.c.id)
    op.execute(sa.update(copies).where(*theirs, wrong).values(right))

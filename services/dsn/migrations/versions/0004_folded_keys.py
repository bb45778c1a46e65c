"""Folded keys anew: apostrophes, hyphens and spaces are one separator, « Ł » is « L »."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from contracts.rules.folding import fold

revision = "0004"
down_revision = "0003"

AT_ONCE = 1000
LONGEST = 500
SAID = ("raison_sociale", "nom", "identifiant", "siret")
KEYS = ("raison_sociale_key", "nom_key", "search_key")


def upgrade() -> None:
    """Recompute what is stored; a row that is right already is not written."""
    table = sa.table("site", sa.column("site_id", sa.Uuid), *map(sa.column, (*SAID, *KEYS)))
    change = sa.update(table).where(table.c.site_id == sa.bindparam("row_id"))
    change = change.values({key: sa.bindparam(f"new_{key}") for key in KEYS})
    last: Any = None
    while rows := op.get_bind().execute(_page(table, last)).mappings().all():
        last = rows[-1]["site_id"]
        folded = ((row, _keys(*(row[name] for name in SAID))) for row in rows)
        wrong = [
            {"row_id": row["site_id"], **{f"new_{name}": keys[name] for name in KEYS}}
            for row, keys in folded
            if any(keys[name] != row[name] for name in KEYS)
        ]
        if wrong:
            op.get_bind().execute(change, wrong)


def _page(table: sa.TableClause, last: Any) -> sa.Select[Any]:
    query = sa.select(table).order_by(table.c.site_id).limit(AT_ONCE)
    return query if last is None else query.where(table.c.site_id > last)


def _keys(raison_sociale: str, nom: str, identifiant: str, siret: str) -> dict[str, str]:
    return {
        "raison_sociale_key": fold(f"{raison_sociale} {nom}")[:LONGEST],
        "nom_key": fold(nom)[:LONGEST],
        "search_key": fold(f"{raison_sociale} {nom} {identifiant} {siret}"),
    }

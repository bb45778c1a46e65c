"""What replacing a founding administrator reads and writes beside the delegations themselves."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.delegation.domain.delegation import Beneficiary
from services.delegation.domain.referential import AdherentColumns
from services.delegation.storage.referential import COLUMNS
from services.delegation.storage.tables import adherents


def adherent_of(connection: Connection, caisse: str, identifiant: str) -> UUID:
    """The adhérent that the caisse calls so, held; NotFound if there is none."""
    named = (adherents.c.caisse == caisse, adherents.c.identifiant == identifiant)
    id = connection.scalar(sa.select(adherents.c.id).where(*named).with_for_update())
    if id is None:
        raise NotFound
    return id


def columns_of(connection: Connection, adherent_id: UUID) -> AdherentColumns:
    """What the caisse says of the adhérent."""
    row = connection.execute(sa.select(adherents).where(adherents.c.id == adherent_id)).mappings().one()
    return AdherentColumns(**{name: row[name] for name in COLUMNS})


def name_founder(connection: Connection, adherent_id: UUID, founder: Beneficiary) -> None:
    """Keep whom the caisse named; no event carries it."""
    named = {"founder_email": founder.email, "founder_nom": founder.nom, "founder_prenom": founder.prenom}
    connection.execute(sa.update(adherents).where(adherents.c.id == adherent_id).values(named))

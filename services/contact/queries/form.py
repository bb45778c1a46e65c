"""The form « Nous contacter », before anything is written in it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound, StoreAway
from backbone.rights.access import require_access
from services.contact.domain import consent as consents
from services.contact.domain.caisses import Caisses
from services.contact.domain.message import SNAPSHOT
from services.contact.domain.ports import Antivirus
from services.contact.domain.rules import Rules
from services.contact.queries.my_draft import my_draft
from services.contact.storage.tables import account, adherent


def form(
    connection: Connection,
    *,
    account_id: UUID,
    adherent_id: UUID,
    site: UUID | None,
    clock: Clock,
    caisses: Caisses,
    rules: Rules,
    antivirus: Antivirus | None,
) -> dict[str, Any]:
    """The form's read-only block (G81), what it takes and the draft. NotFound without access or for a foreign site."""
    require_access(connection, account_id, adherent_id, day=paris_day(clock.now()))
    me = connection.execute(sa.select(account).where(account.c.account_id == account_id)).first()
    about = connection.execute(sa.select(adherent).where(adherent.c.adherent_id == adherent_id)).first()
    if me is None or about is None:
        raise StoreAway(headers={"Retry-After": "2"})  # the event that announces them is still on its way
    if site is not None and str(site) not in about.sites:
        raise NotFound
    return {
        **{name: getattr(me, name) for name in SNAPSHOT},
        "raison_sociale": about.raison_sociale,
        "identifiant": about.identifiant,
        "caisse_nom": caisses.of(about.caisse).nom,
        "max_files": rules.limits.files,
        "max_bytes": rules.limits.bytes,
        "consentement": {"version": consents.CURRENT, "texte": consents.TEXTS[consents.CURRENT]},
        "brouillon": my_draft(connection, account_id, adherent_id, antivirus=antivirus),
    }

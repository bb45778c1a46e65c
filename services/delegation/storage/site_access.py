"""Keeping `site_access`: one statement to take away, one to give, for any number of delegations."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.delegation.storage.tables import adherents, delegations, site_access, sites


def refresh_delegations(connection: Connection, delegation_ids: Sequence[UUID]) -> None:
    """Make the sites of these delegations what their rows now say: none if closed or not confirmed."""
    if delegation_ids:
        connection.execute(sa.delete(site_access).where(site_access.c.delegation_id.in_(delegation_ids)))
        _give(connection, delegations.c.id.in_(delegation_ids))


def refresh_adherents(connection: Connection, adherent_ids: Sequence[UUID]) -> None:
    """The same for all delegations of adhérents whose name or sites changed."""
    if adherent_ids:
        of_them = sa.select(delegations.c.id).where(delegations.c.adherent_id.in_(adherent_ids))
        connection.execute(sa.delete(site_access).where(site_access.c.delegation_id.in_(of_them)))
        _give(connection, delegations.c.adherent_id.in_(adherent_ids))


def _give(connection: Connection, which: sa.ColumnElement[bool]) -> None:
    needle = adherents.c.raison_key + " " + sites.c.nom_key + " " + sites.c.siret + " "
    columns = {
        "delegation_id": delegations.c.id,
        "site_id": sites.c.id,
        "account_id": delegations.c.account_id,
        "adherent_id": adherents.c.id,
        "starts_on": delegations.c.starts_on,
        "last_day": delegations.c.last_day,
        "raison_key": adherents.c.raison_key,
        "siret": sites.c.siret,
        "nom_key": sites.c.nom_key,
        "identifiant": adherents.c.identifiant,
        "needle": needle + sa.func.lower(adherents.c.identifiant),
    }
    given = (
        sa.select(*columns.values())
        .join_from(delegations, adherents, adherents.c.id == delegations.c.adherent_id)
        .join(sites, sites.c.adherent_id == adherents.c.id)
        .where(which, delegations.c.confirmed_at.is_not(None), delegations.c.closed_at.is_(None))
    )
    connection.execute(sa.insert(site_access).from_select(list(columns), given))

"""New and changed adhérents of a chunk: their rows, their sites, and the event that carries both."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import ADHERENT_REGISTERED, ADHERENT_UPDATED
from services.delegation.domain.referential import SiteColumns
from services.delegation.domain.referential_merge import Known, Said, changed_sites
from services.delegation.steps.import_founders import open_founders, reference, seen
from services.delegation.storage import referential

Sites = Mapping[str, tuple[UUID, SiteColumns]]


def create_adherents(new: Sequence[Said], import_id: UUID, uow: UnitOfWork) -> None:
    """Register adhérents with their sites, and open the delegation of each founding administrator."""
    made = [(new_id(), said.columns, _new_sites(said)) for said in new]
    referential.write_adherents(uow.connection, [(id, 1, import_id, columns) for id, columns, _ in made])
    rows = [(site_id, id, site) for id, _, sites in made for site_id, site in sites.values()]
    referential.write_sites(uow.connection, rows)
    for id, columns, sites in made:
        uow.record(ADHERENT_REGISTERED, sequence=1, data={**reference(id, columns), "sites": plain_sites(sites)})
    open_founders([(reference(id, columns), columns) for id, columns, _ in made], uow)


def update_adherents(older: Sequence[tuple[Said, Known]], import_id: UUID, uow: UnitOfWork) -> None:
    """Write what differs. The event and its sequence only when other services see a difference."""
    rows, sites = [], []
    for said, known in older:
        lines = changed_sites(said, known)
        written = {line.site.siret: (_id_of(line.site.siret, known), line.site) for line in lines}
        announced = bool(lines) or seen(said.columns) != seen(known.columns)
        if announced or said.columns != known.columns:
            sequence = known.sequence + announced
            rows.append((known.id, sequence, import_id, said.columns))
            sites += [(site_id, known.id, site) for site_id, site in written.values()]
            if announced:
                state = {**reference(known.id, said.columns), "sites": plain_sites({**known.sites, **written})}
                uow.record(ADHERENT_UPDATED, sequence=sequence, data=state)
    referential.write_adherents(uow.connection, rows)
    referential.write_sites(uow.connection, sites)


def _new_sites(said: Said) -> dict[str, tuple[UUID, SiteColumns]]:
    return {line.site.siret: (new_id(), line.site) for line in said.lines}


def _id_of(siret: str, known: Known) -> UUID:
    return known.sites[siret][0] if siret in known.sites else new_id()


def plain_sites(sites: Sites) -> list[dict[str, Any]]:
    """Sites, as events say them."""
    return [
        {
            "site_id": site_id,
            "siret": site.siret,
            "nom": site.nom,
            "due_day": site.due_day,
            "first_period": site.first_period,
            "last_period": site.last_period,
        }
        for site_id, site in sites.values()
    ]

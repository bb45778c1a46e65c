"""Keys stored under a former rule are recomputed by a migration (G16)."""

import sqlalchemy as sa

from services.delegation.storage.tables import adherents, delegations, sites
from tests.service.delegation.world import Company, World, line
from tests.support.migrating import repeat


def test_a_key_of_a_former_rule_is_found_and_sorted_again(world: World, company: Company) -> None:
    company.confirmed("h@example.com", nom="L’Huillier", prenom="Anne")
    world.send(line(1, 2, site_nom="Dépôt d’Évry"))
    for table, key in ((adherents, "raison_key"), (sites, "nom_key"), (delegations, "name_key")):
        world.execute(sa.update(table).values({key: "ancienne"}))
    repeat(world.under, "folded_keys")
    assert [one["email"] for one in company.list("nom=l'huillier").json["items"]] == ["h@example.com"]
    assert world.scalar(sa.select(adherents.c.raison_key)) == "entreprise 1"
    assert world.scalar(sa.select(sites.c.nom_key).order_by(sites.c.nom_key)) == "depot d evry"

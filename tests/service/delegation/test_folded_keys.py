"""Keys stored under a former rule are recomputed by a migration (G16)."""

import sqlalchemy as sa

from services.delegation.storage.tables import adherents, delegations, site_access, sites
from tests.service.delegation.world import Company, World, line
from tests.support.migrating import repeat

FORMER = {"raison_key": "łodz-btp", "nom_key": "depot d’evry", "needle": "łodz-btp depot d’evry"}


def test_a_key_of_a_former_rule_is_found_and_sorted_again(world: World, company: Company) -> None:
    company.confirmed("h@example.com", nom="L’Huillier", prenom="Anne")
    world.send(line(1, 2, site_nom="Dépôt d’Évry"))
    for table, key in ((adherents, "raison_key"), (sites, "nom_key"), (delegations, "name_key")):
        world.execute(sa.update(table).values({key: "ancienne"}))
    repeat(world.under, "folded_keys")
    assert [one["email"] for one in company.list("nom=l'huillier").json["items"]] == ["h@example.com"]
    assert world.scalar(sa.select(adherents.c.raison_key)) == "entreprise 1"
    assert world.scalar(sa.select(sites.c.nom_key).order_by(sites.c.nom_key)) == "depot d evry"


def test_so_are_the_copies_that_the_choice_of_a_site_searches(world: World, company: Company) -> None:
    names = {"raison_sociale": "ŁÓDŹ-BTP", "site_nom": "Dépôt d’Évry"}
    world.send(line(1, 1, **names), line(1, 2, **names))
    kept = world.scalar(sa.select(site_access.c.needle).order_by(site_access.c.siret))
    world.execute(sa.update(adherents).values(raison_key=FORMER["raison_key"]))
    world.execute(sa.update(sites).values(nom_key=FORMER["nom_key"]))
    world.execute(sa.update(site_access).values(FORMER))
    repeat(world.under, "folded_keys_copied")
    for search in ("ŁÓDŹ-BTP", "lodz btp", "dépôt d'Évry", "0400001"):
        found = world.under.get("/v1/sites", as_=company.founder, query_string={"search": search})
        assert found.json["total"] == 2, search
    assert world.scalar(sa.select(site_access.c.needle).order_by(site_access.c.siret)) == kept

"""Keys that search and sort sites, and those stored under a former rule (G60)."""

import pytest
import sqlalchemy as sa

from services.dsn.storage.tables import site
from tests.service.dsn.test_sites import listed
from tests.support.migrating import repeat


@pytest.mark.parametrize("typed", ["l'huillier depot", "L’HUILLIER", "saint-denis", "saint denis", "lukasz"])
def test_an_apostrophe_a_hyphen_and_a_space_find_the_same_sites(dsn, typed):
    found = dsn.site(raison_sociale="L’Huillier & Łukasz", nom="Dépôt de Saint-Denis")
    dsn.grant(found)
    assert [one["site_id"] for one in listed(dsn, f"search={typed}".replace("&", "%26"))] == [str(found)]


def test_a_key_of_a_former_rule_is_recomputed(dsn):
    dsn.grant(dsn.site(raison_sociale="L’Huillier", nom="Siège"))
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(raison_sociale_key="x", nom_key="x", search_key="x"))
    repeat(dsn, "folded_keys")
    assert len(listed(dsn, "search=l'huillier siege")) == 1


def test_a_name_whose_letters_fold_to_many_is_taken(dsn):
    dsn.grant(dsn.site(raison_sociale="\ufdfa" * 100, nom="A"))
    assert len(listed(dsn)) == 1

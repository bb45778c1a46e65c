"""The journal keeps what was done (D18), and nobody rewrites it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock
from services.delegation.storage.tables import journal
from tests.service.delegation.world import READ, Company, World


def test_each_act_is_kept_with_its_author_and_scope(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    company.change(delegation_id, colleges=["etam"])
    company.act(delegation_id, "closing")
    path = f"{company.path}/delegations/{delegation_id}/journal"
    entries = world.under.get(path, as_=company.founder).json["items"]
    acts = ["ouverture", "identification", "confirmation", "modification", "fermeture"]
    assert [one["act"] for one in entries] == acts
    assert [one["scope"]["colleges"] for one in entries][2:4] == [["ouvriers", "etam", "cadres"], ["etam"]]
    assert entries[0]["scope"]["rights"] == READ


def test_each_entry_names_who_acted_his_address_his_account_and_the_company_he_acted_for(
    company: Company, world: World
) -> None:
    company.confirmed("anne@example.com", nom="Lefèvre", prenom="Anne", kind="collaborateur", administrator=True)
    anne = world.account("anne@example.com")
    of_luc = company.opened("luc@example.com", as_=anne, administrator=True)
    luc = world.identify(of_luc, "luc@example.com", nom="Petit", prenom="Luc")
    assert company.act(of_luc, "confirmation").status == 204
    of_zoe = company.opened("zoe@example.com", as_=luc)
    assert company.act(of_zoe, "invitation", as_=luc).status in (200, 202, 204)
    zoe = world.identify(of_zoe, "zoe@example.com", nom="Roux", prenom="Zoé")
    assert company.act(of_zoe, "confirmation", as_=luc).status == 204
    assert company.change(of_luc, administrator=False, colleges=["etam"], rights=READ).status == 204
    assert company.act(of_luc, "closing", as_=anne).status == 204
    people = {"Claire": company.founder, "Anne": anne, "Luc": luc, "Zoé": zoe}
    assert written(world, of_luc, people) == [
        ("ouverture", "Anne", "Anne Lefèvre", "anne@example.com", company.id),
        ("identification", "Luc", "Luc Petit", "luc@example.com", company.id),
        ("confirmation", "Claire", "Claire Martin", "patron1@example.com", company.id),
        ("modification", "Claire", "Claire Martin", "patron1@example.com", company.id),
        ("fermeture", "Anne", "Anne Lefèvre", "anne@example.com", company.id),
    ]
    assert written(world, of_zoe, people) == [
        ("ouverture", "Luc", "Luc Petit", "luc@example.com", company.id),
        ("nouvelle_invitation", "Luc", "Luc Petit", "luc@example.com", company.id),
        ("identification", "Zoé", "Zoé Roux", "zoe@example.com", company.id),
        ("confirmation", "Luc", "Luc Petit", "luc@example.com", company.id),
        ("modification_de_la_delegation_mere", "Claire", "Claire Martin", "patron1@example.com", company.id),
        ("fermeture_de_la_delegation_mere", "Anne", "Anne Lefèvre", "anne@example.com", company.id),
    ]


def written(world: World, delegation_id: str, people: Mapping[str, UUID]) -> list[tuple[Any, ...]]:
    """What the journal keeps of a delegation: the act, whose account, his name, his address, for which company."""
    columns = (journal.c.act, journal.c.author_id, journal.c.author, journal.c.author_email, journal.c.adherent_id)
    query = sa.select(*columns).where(journal.c.delegation_id == UUID(delegation_id)).order_by(journal.c.sequence)
    names = {account: name for name, account in people.items()}
    with world.under.engine.connect() as connection:
        return [(row[0], names.get(row[1]), *row[2:]) for row in connection.execute(query)]


def test_a_refusal_names_who_refused(company: Company, world: World) -> None:
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com", nom="Petit", prenom="Luc")
    assert company.act(delegation_id, "refusal").status == 204
    last = written(world, delegation_id, {"Claire": company.founder})[-1]
    assert last == ("refus", "Claire", "Claire Martin", "patron1@example.com", company.id)


def test_the_founder_was_opened_by_the_referential_and_came_in_himself(company: Company, world: World) -> None:
    entries = world.under.get(
        f"{company.path}/delegations/{company.founder_delegation}/journal", as_=company.founder
    ).json["items"]
    assert [one["author"] for one in entries] == ["Référentiel de la caisse", "Claire Martin", "Claire Martin"]


def test_a_refused_act_leaves_no_entry(company: Company, world: World) -> None:
    before = world.scalar(sa.select(sa.func.count()).select_from(journal))
    assert company.ask("patron1@example.com").status == 422
    assert company.act(company.founder_delegation, "closing").status == 409
    assert world.scalar(sa.select(sa.func.count()).select_from(journal)) == before


@pytest.mark.parametrize("statement", [sa.update(journal).values(act="rien"), sa.delete(journal)])
def test_the_database_refuses_to_rewrite_it(company: Company, world: World, statement: sa.Executable) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        world.execute(statement)


def history(company: Company, delegation_id: str, as_: UUID | None = None) -> list[dict[str, Any]]:
    """What the API tells of a delegation."""
    path = f"{company.path}/delegations/{delegation_id}/journal"
    found: list[dict[str, Any]] = company.world.under.get(path, as_=as_ or company.founder).json["items"]
    return found


def test_what_was_before_and_after_each_act_is_told_in_words(company: Company) -> None:
    delegation_id = company.confirmed()
    company.change(delegation_id, colleges=["etam"], ends_on="2026-12-31", rights={"mes_documents": "mise_a_jour"})
    opened, *same, changed = (
        [(one["label"], one["before"], one["after"]) for one in entry["changes"]]
        for entry in history(company, delegation_id)
    )
    assert opened == [
        ("Date d'effet", None, "23/11/2026"),
        ("Date de fin", None, "aucune"),
        ("Droits d'administration", None, "non"),
        ("Collèges", None, "Ouvriers, ETAM, Cadres"),
        ("Mes documents", None, "consultation"),
    ]
    assert same == [[], []]
    assert changed == [
        ("Date de fin", "aucune", "31/12/2026"),
        ("Collèges", "Ouvriers, ETAM, Cadres", "ETAM"),
        ("Mes documents", "consultation", "mise à jour"),
    ]


def test_an_act_is_on_behalf_of_the_company_or_of_its_firm_or_of_nobody(company: Company, world: World) -> None:
    firm = company.confirmed("cabinet@example.com", administrator=True, nom="Petit", prenom="Luc")
    mine = company.opened("aide@example.com", as_=world.account("cabinet@example.com"), ends_on="2026-11-24")
    company.act(firm, "closing")
    assert [(one["act"], one["on_behalf_of"]) for one in history(company, mine)] == [
        ("ouverture", "cabinet"),
        ("fermeture_de_la_delegation_mere", "entreprise"),
    ]
    by = {one["act"]: one["on_behalf_of"] for one in history(company, str(company.founder_delegation))}
    assert by == {"ouverture": None, "identification": "entreprise", "confirmation": "entreprise"}


def test_who_spoke_for_the_firm_then_does_not_speak_for_the_company_he_works_for_now(
    company: Company, world: World, clock: FixedClock
) -> None:
    company.confirmed("luc@example.com", administrator=True, ends_on="2026-11-24", nom="Petit", prenom="Luc")
    luc = world.account("luc@example.com")
    theirs = company.opened("aide@example.com", as_=luc, ends_on="2026-11-24")
    clock.advance(timedelta(days=3))
    world.under.run_job("close_ended_delegations")
    company.confirmed("luc@example.com", kind="collaborateur", administrator=True, starts_on="2026-11-26")
    ours = company.opened("zoe@example.com", as_=luc, starts_on="2026-11-26")
    assert [one["on_behalf_of"] for one in history(company, theirs)] == ["cabinet", None]
    assert [one["on_behalf_of"] for one in history(company, ours)] == ["entreprise"]

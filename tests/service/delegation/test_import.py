"""The caisse's referential comes in: bad lines stop nothing, the same file twice changes nothing."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from services.delegation.storage.tables import adherents, delegations, sites
from tests.service.delegation.world import COLUMNS, Company, World, line

TOTALS = ("created", "updated", "unchanged")


def totals(answer: Any) -> tuple[int, ...]:
    """created, updated, unchanged, and how many were rejected."""
    assert answer.status == 200, answer.json
    return (*(answer.json[name] for name in TOTALS), len(answer.json["rejected"]))


def codes(answer: Any) -> list[tuple[int, str]]:
    """The rejected lines: number and code."""
    return [(one["line"], one["code"]) for one in answer.json["rejected"]]


def count(world: World, table: sa.Table) -> int:
    """The rows of a table."""
    return int(world.scalar(sa.select(sa.func.count()).select_from(table)))


def test_an_adherent_enters_with_its_sites_and_its_founder_g5(world: World) -> None:
    assert totals(world.send(line(1, 1), line(1, 2))) == (2, 0, 0, 0)
    registered, opened = (event.data for event in world.under.recorded())
    assert [site["nom"] for site in registered["sites"]] == ["Site 1", "Site 2"]
    assert (opened["kind"], opened["administrator"]) == ("fondateur", True)
    assert opened["beneficiary"]["email"] == "patron1@example.com"
    assert opened["opened_by"]["nom"] is None


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    lines = [line(1, 1), line(1, 2), line(2, 1)]
    world.send(*lines)
    before = world.scalar(sa.select(sa.func.sum(adherents.c.sequence)))
    world.events()
    assert totals(world.send(*lines)) == (0, 0, 3, 0)
    assert world.events() == []
    assert world.scalar(sa.select(sa.func.sum(adherents.c.sequence))) == before


@pytest.mark.parametrize(
    "changes", [{"raison_sociale": "NOUVEAU NOM"}, {"site_nom": "Nouveau site"}, {"jour_echeance": "5"}]
)
def test_a_changed_line_updates_and_says_so(world: World, changes: dict[str, str]) -> None:
    world.send(line(1, 1), line(2, 1))
    world.events()
    assert totals(world.send(line(1, 1, **changes), line(2, 1))) == (0, 1, 1, 0)
    (event,) = world.under.recorded()
    assert (event.type, event.sequence) == ("adherent.updated.v1", 2)
    assert set(changes.values()) & {event.data["raison_sociale"], *map(str, event.data["sites"][0].values())}


def test_a_new_site_is_announced_with_all_the_others(world: World) -> None:
    world.send(line(1, 1))
    world.events()
    assert totals(world.send(line(1, 2))) == (1, 0, 0, 0)
    assert len(world.event("adherent.updated")["sites"]) == 2


def test_a_firm_that_changes_is_kept_and_concerns_nobody_else(world: World) -> None:
    world.send(line(1))
    world.events()
    assert totals(world.send(line(1, cabinet_nom="AUTRE CABINET"))) == (0, 1, 0, 0)
    assert world.events() == []
    assert world.scalar(sa.select(adherents.c.cabinet_nom)) == "AUTRE CABINET"


def test_bad_lines_are_told_by_number_and_stop_nothing(world: World) -> None:
    good = line(1)
    lines = [line(2, siren="123456789"), good, "trop,court", line(3, administrateur_email="durand"), line(4)]
    answer = world.send(*lines)
    assert totals(answer) == (2, 0, 0, 3)
    assert codes(answer) == [(2, "siren_invalide"), (4, "colonne_manquante"), (5, "courriel_invalide")]
    assert answer.json["rejected"][0]["message"] == "« 123456789 » n'est pas un SIREN : 9 chiffres avec leur clé."


def test_a_line_that_is_not_utf8_is_one_bad_line(world: World) -> None:
    body = f"{COLUMNS}\n{line(1, site_nom='Siège')}\n".encode() + line(2, raison_sociale="Établi").encode("latin-1")
    assert codes(world.send_body(body)) == [(3, "encodage_invalide")]


def test_line_numbers_are_the_files_in_a_later_chunk(world: World) -> None:
    assert codes(world.send(line(1), "court", first=501)) == [(502, "colonne_manquante")]


def test_an_identifiant_that_says_two_things_is_a_duplicate(world: World) -> None:
    answer = world.send(line(1), line(1, 2, raison_sociale="AUTRE"), line(1, 1))
    assert codes(answer) == [(3, "identifiant_en_double"), (4, "siret_en_double")]
    assert totals(answer) == (1, 0, 0, 2)


def test_a_duplicate_is_found_across_the_chunks_of_a_file(world: World) -> None:
    import_id = world.begin()
    world.send(line(1), into=import_id)
    answer = world.send(line(1, raison_sociale="AUTRE"), into=import_id, first=3)
    assert codes(answer) == [(3, "identifiant_en_double")]


def test_an_identifiant_never_passes_to_another_company(world: World) -> None:
    world.send(line(1))
    assert codes(world.send(line(2, identifiant_cibtp="0400001"))) == [(2, "identifiant_en_double")]
    assert count(world, adherents) == 1


def test_two_caisses_may_use_one_identifiant_d16(world: World) -> None:
    assert totals(world.send(line(1), line(2, identifiant_cibtp="0400001", caisse="GRAND-EST"))) == (2, 0, 0, 0)


def test_a_header_without_a_column_is_refused_and_named(world: World) -> None:
    answer = world.send_body(COLUMNS.replace(",siret", "").encode())
    assert (answer.status, answer.json["code"]) == (422, "entete_invalide")
    assert "siret" in answer.json["detail"]


def test_json_lines_carry_the_same(world: World) -> None:
    values = dict(zip(COLUMNS.split(","), line(1).split(","), strict=True))
    names = ("siret", "site_nom", "jour_echeance", "premiere_periode")
    nested = [{name: values.pop(name) for name in names}]
    body = json.dumps({**values, "sites": nested}).encode()
    assert totals(world.send_body(body, format="jsonl", first=1)) == (1, 0, 0, 0)
    assert totals(world.send(line(1))) == (0, 0, 1, 0)


def test_a_new_founder_replaces_one_who_never_completed(world: World) -> None:
    world.send(line(1))
    world.events()
    assert totals(world.send(line(1, administrateur_email="autre@example.com"))) == (0, 1, 0, 0)
    assert world.events() == ["delegation.closed", "delegation.opened"]
    open_one = sa.select(delegations.c.email).where(delegations.c.closed_at.is_(None))
    assert world.scalar(open_one) == "autre@example.com"


def test_a_founder_who_completed_is_reported_not_replaced(company: Company, world: World) -> None:
    changed = line(1, administrateur_email="autre@example.com", raison_sociale="NOUVEAU NOM")
    answer = world.send(changed)
    assert codes(answer) == [(2, "administrateur_deja_actif")]
    assert world.events() == ["adherent.updated"]
    assert count(world, delegations) == 1
    assert codes(world.send(changed)) == [(2, "administrateur_deja_actif")]
    assert world.events() == []


def test_a_corrected_name_of_a_pending_founder_is_kept(world: World) -> None:
    world.send(line(1))
    world.events()
    assert totals(world.send(line(1, administrateur_nom="Dupond"))) == (0, 1, 0, 0)
    assert world.scalar(sa.select(delegations.c.nom)) == "Dupond"
    assert world.events() == []


def test_a_chunk_sent_again_with_its_key_gets_its_answer_again_c3(world: World) -> None:
    import_id, headers = world.begin(), {"Idempotency-Key": str(new_id())}
    answers = [world.send(line(1), "court", into=import_id, headers=headers).json for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["created"] == 1
    path = f"/v1/imports/{import_id}"
    told = world.under.get(path, machine=["referential:write"]).json
    assert [told[name] for name in (*TOTALS, "rejected")] == [1, 0, 0, 1]


def test_only_a_machine_with_its_scope_imports(company: Company, world: World) -> None:
    body = {"format": "csv", "name": "x"}
    assert world.under.post("/v1/imports", json=body, as_=company.founder).status == 403
    assert world.under.post("/v1/imports", json=body, machine=["dsn:write"]).status == 403
    assert world.under.post("/v1/imports", json=body).status == 401


def test_what_is_no_chunk_is_refused(world: World) -> None:
    import_id, machine = world.begin(), {"machine": ["referential:write"]}
    path = f"/v1/imports/{import_id}/lines"
    assert world.under.post(f"{path}?first=0", data=b"x", content_type="text/csv", **machine).status == 422
    assert world.under.post(f"{path}?first=2", data=b"x", content_type="text/html", **machine).status == 415
    big = b"x" * (8 * 1024 * 1024 + 1)
    assert world.under.post(f"{path}?first=2", data=big, content_type="text/csv", **machine).status == 413
    assert world.send(line(1), into=str(new_id())).status == 404


def test_a_large_chunk_is_cut_into_bounded_statements(world: World) -> None:
    assert totals(world.send(*(line(number, site) for number in range(400) for site in (1, 2, 3)))) == (1200, 0, 0, 0)
    assert (count(world, adherents), count(world, sites)) == (400, 1200)


def test_more_lines_than_one_transaction_should_carry_are_413(world: World) -> None:
    assert world.send(*["x"] * 5001).status == 413


def test_no_query_per_line(world: World) -> None:
    statements: list[str] = []
    sa.event.listen(world.under.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    world.send(*(line(number) for number in range(10)))
    few = len(statements)
    statements.clear()
    world.send(*(line(number) for number in range(100, 400)))
    assert len(statements) == few

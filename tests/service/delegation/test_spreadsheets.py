"""The caisse sends what its spreadsheet saved, by the API and by the command."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.delegation.storage.tables import adherents, sites
from tests.service.delegation.test_import import codes, totals
from tests.service.delegation.test_import_client import Wire, run
from tests.service.delegation.world import COLUMNS, Company, World, line
from tools.referential.numbers import siren, siret

EXCEL = f"sep=;\r\n{COLUMNS};;\r\n{line(1, site_nom='Dépôt')};;\r\n;;;;\r\n{line(2)}\r\n".replace(",", ";")


@pytest.fixture
def wire(world: World) -> Wire:
    return Wire(world)


def _card(company: Company) -> Any:
    """The accounting firm as the page of the rights shows it."""
    return company.world.under.get(company.path, as_=company.founder).json


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_of_a_spreadsheet_comes_in(world: World, encoding: str) -> None:
    assert totals(world.send_body(EXCEL.encode(encoding), first=3)) == (2, 0, 0, 0)
    assert world.scalar(sa.select(sites.c.nom).where(sites.c.nom_key == "depot")) == "Dépôt"


def test_the_command_sends_it_and_numbers_its_lines(world: World, wire: Wire, tmp_path: Path) -> None:
    path = tmp_path / "adherents.csv"
    bad = line(3).replace("IDF", "I?F").replace(",", ";")
    path.write_bytes(f"{EXCEL}{bad}\r\n".encode("cp1252"))
    status, told = run(wire, path, lines=1)
    assert (status, told[-1]["created"]) == (1, 2)
    assert [(one["line"], one["code"]) for one in told if one["event"] == "rejected"] == [(6, "caisse_invalide")]


@pytest.mark.parametrize("text", ["", f"{COLUMNS}\n", f"sep=,\n{COLUMNS}\n,,,\n\n"])
def test_an_empty_file_is_an_error_for_the_command_and_for_the_api(
    world: World, wire: Wire, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "adherents.csv"
    path.write_text(text, encoding="utf-8")
    status, told = run(wire, path)
    assert (status, told[-1]["event"]) == (1, "interrupted")
    assert told[-1]["problem"] == "Le fichier est vide : il n'a aucune ligne de données."
    refused = world.send_body(b"")
    assert (refused.status, refused.json["code"]) == (422, "fichier_vide")


def test_lost_digits_are_told_line_by_line_in_words(world: World) -> None:
    number = siren(1_234_567)
    answer = world.send(line(1, siret='"7,3E+13"'), line(2, siren=number.lstrip("0")))
    assert codes(answer) == [(2, "nombre_arrondi"), (3, "zeros_perdus")]
    assert ["tableur" in one["message"] for one in answer.json["rejected"]] == [True, True]


def test_a_firm_known_by_its_name_alone_is_shown_and_its_address_asked_g21(world: World) -> None:
    world.send(line(1, cabinet_email=""))
    world.events()
    assert totals(world.send(line(1, cabinet_email=""))) == (0, 0, 1, 0)
    company = world.company()
    assert _card(company)["cabinet_comptable"] == {
        "nom": "COMPTAGESTION",
        "email": "contact@comptagestion.example.com",
    }
    world.send(line(1, cabinet_email=""))
    assert _card(company)["cabinet_comptable"] == {"nom": "COMPTAGESTION", "email": None}
    assert world.scalar(sa.select(adherents.c.cabinet_nom)) == "COMPTAGESTION"


def test_a_siret_is_typed_with_spaces_and_judged_as_dsn_judges_it(world: World) -> None:
    spaced = siret(siren(10_000_001), 1)
    spaced = f"{spaced[:3]} {spaced[3:6]} {spaced[6:9]} {spaced[9:]}"
    post = line(2, siren="356000000", siret="35600000000014")
    answer = world.send(line(1, siret=spaced), post, line(3, siren="356000000", siret="356 000 000 00048"))
    assert (totals(answer)[0], codes(answer)) == (2, [(3, "siret_invalide")])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ENTREPRISE \u202eDNARUD", "ENTREPRISE DNARUD"),
        ("www.exemple.fr", "exemple.fr"),
        ("Voir https://exemple.fr", "Voir https exemple.fr"),
    ],
)
def test_a_companys_name_is_made_safe_and_its_line_stays(world: World, written: str, kept: str) -> None:
    assert totals(world.send(line(1, raison_sociale=written)))[0] == 1
    assert world.event("adherent.registered")["raison_sociale"] == kept

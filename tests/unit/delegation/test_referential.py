"""What a line of the referential must be, and what is said of a bad one (D8, D9)."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from contracts.rules.numbers import right_siren, right_siret
from services.delegation.domain.referential import COLUMNS, Line, Rejection, check_line
from services.delegation.domain.referential_file import csv_lines, json_lines
from services.delegation.domain.refusals import HeaderRefused

GOOD = {
    "caisse": "IDF",
    "identifiant_cibtp": "0412345",
    "raison_sociale": "ENTREPRISE DURAND",
    "siren": "732829320",
    "administrateur_email": "durand@example.com",
    "administrateur_nom": "Durand",
    "administrateur_prenom": "Paul",
    "cabinet_nom": "COMPTAGESTION",
    "cabinet_email": "contact@comptagestion.example.com",
    "siret": "73282932000074",
    "site_nom": "Siège",
    "jour_echeance": "15",
    "premiere_periode": "2026-09",
}
HEADER = ",".join(COLUMNS)


def row(**changes: str) -> str:
    return ",".join({**GOOD, **changes}[name] for name in COLUMNS)


def chunk(*rows: str) -> list[Line | Rejection]:
    return list(csv_lines("\n".join([HEADER, *rows]).encode(), 2))


def test_a_good_line_says_an_adherent_and_a_site() -> None:
    (line,) = chunk(row())
    assert isinstance(line, Line)
    assert line.number == 2
    assert line.adherent.key == ("IDF", "0412345")
    assert (line.site.siret, line.site.due_day) == ("73282932000074", 15)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"siren": "732829321"}, "siren_invalide"),
        ({"siret": "73282932000075"}, "siret_invalide"),
        ({"siret": "35600000000048"}, "siret_d_un_autre_siren"),
        ({"siren": "７３２８２９３２０"}, "siren_invalide"),
        ({"administrateur_email": "durand"}, "courriel_invalide"),
        ({"administrateur_email": ""}, "valeur_manquante"),
        ({"cabinet_nom": ""}, "cabinet_incomplet"),
        ({"raison_sociale": "x" * 101}, "texte_invalide"),
        ({"raison_sociale": "A\x00B"}, "texte_invalide"),
        ({"identifiant_cibtp": "=cmd()"}, "identifiant_invalide"),
        ({"jour_echeance": "12"}, "jour_invalide"),
        ({"premiere_periode": "2026-13"}, "periode_invalide"),
        ({"derniere_periode": "2026-01"}, "periodes_incoherentes"),
    ],
)
def test_a_bad_value_is_rejected_with_its_number_and_reason(changes: dict[str, str], code: str) -> None:
    rejected = check_line(7, {**GOOD, **changes})
    assert isinstance(rejected, Rejection)
    assert (rejected.line, rejected.code) == (7, code)
    assert rejected.message.endswith(".")


def test_a_bad_line_stops_nothing() -> None:
    lines = list(csv_lines(f"{HEADER}\n{row()}\nabc\n\n".encode() + b"caf\xe9\n" + f"{row()},x\n{row()}".encode(), 2))
    assert [line.code if isinstance(line, Rejection) else line.number for line in lines] == [
        2,
        "colonne_manquante",
        "encodage_invalide",
        "colonne_en_trop",
        7,
    ]


def test_a_broken_quote_is_one_bad_line() -> None:
    first, second = chunk(row(raison_sociale='"A'), row())
    assert isinstance(first, Rejection)
    assert isinstance(second, Line)


def test_a_semicolon_file_with_a_byte_order_mark_is_read() -> None:
    body = "\ufeff" + f"{HEADER}\r\n{row()}\r\n".replace(",", ";")
    assert all(isinstance(line, Line) for line in csv_lines(body.encode(), 2))


@pytest.mark.parametrize("header", ["", HEADER.replace("siret,", ""), HEADER + ",couleur", HEADER + ",siret", "\xff"])
def test_a_header_without_its_columns_is_refused(header: str) -> None:
    with pytest.raises(HeaderRefused):
        list(csv_lines(header.encode("latin-1"), 2))


def json_row(**changes: Any) -> bytes:
    sites = [{name: GOOD[name] for name in ("siret", "site_nom", "jour_echeance", "premiere_periode")}]
    adherent = {name: value for name, value in GOOD.items() if name not in sites[0]}
    return json.dumps({**adherent, "sites": sites, **changes}).encode()


def test_json_lines_nest_the_sites() -> None:
    (line,) = json_lines(json_row(), 1)
    assert isinstance(line, Line)
    assert list(csv_lines(f"{HEADER}\n{row()}".encode(), 1)) == [line]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "ligne_illisible"),
        (b"[]", "ligne_illisible"),
        (b"[" * 100_000, "ligne_illisible"),
        (b"\xff", "encodage_invalide"),
        (json_row(sites=[]), "ligne_illisible"),
        (json_row(couleur="bleu"), "colonne_inconnue"),
        (json_row(raison_sociale=["a"]), "texte_invalide"),
        (json_row(sites=[{"siret": "73282932000074"}]), "colonne_manquante"),
    ],
)
def test_a_bad_json_line_is_rejected(body: bytes, code: str) -> None:
    assert [line.code for line in json_lines(body, 1) if isinstance(line, Rejection)] == [code]


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_stop_a_chunk(noise: bytes, with_header: bool) -> None:
    body = HEADER.encode() + b"\n" + row().encode() + b"\n" + noise if with_header else noise
    with suppress(HeaderRefused):
        lines = list(csv_lines(body, 2))
        assert isinstance(lines[0], Line)
    with suppress(HeaderRefused):
        assert all(isinstance(line, Rejection) for line in json_lines(noise, 1))


def test_a_field_of_any_length_is_one_bad_line_or_a_refused_header() -> None:
    (first, second) = chunk("x" * 200_000 + ",", row())
    assert isinstance(first, Rejection)
    assert isinstance(second, Line)
    with pytest.raises(HeaderRefused):
        list(csv_lines(b"x" * 200_000, 2))


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_the_siren_key_agrees_with_stdnum(number: str) -> None:
    assert right_siren(number) == stdnum_siren.is_valid(number)


@given(st.sampled_from(["", "356000000"]), st.text(alphabet="0123456789", min_size=14, max_size=14))
def test_the_siret_key_agrees_with_stdnum_la_poste_included(head: str, digits: str) -> None:
    number = (head + digits)[:14]
    if stdnum_siren.is_valid(number[:9]):
        assert right_siret(number) == stdnum_siret.is_valid(number)


@pytest.mark.parametrize("number", ["35600000000048", "35600000049837", "73282932000074"])
def test_real_sirets_are_right_d9(number: str) -> None:
    assert right_siret(number)

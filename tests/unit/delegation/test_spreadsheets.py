"""The referential as a spreadsheet saves it: alphabets, separators, empty cells, spaces, and digits that it lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.delegation.domain.referential import NO_ADDRESS, Line, Rejection, check_line
from services.delegation.domain.referential_file import csv_lines, json_lines
from services.delegation.domain.referential_text import blank
from services.delegation.domain.refusals import EmptyFileRefused, HeaderRefused
from tests.unit.delegation.test_referential import GOOD, HEADER, row
from tools.referential.numbers import siren, siret

SHEET = f"{HEADER};\r\n{row()};\r\n".replace(",", ";")


def read(body: bytes) -> list[Line | Rejection]:
    return list(csv_lines(body, 2))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("before", ["", "sep=;\r\n", '"sep=;"\r\n', ";;;;\r\n", "\r\nsep=;\r\n"])
def test_what_a_spreadsheet_puts_around_the_rows_is_passed_over(encoding: str, before: str) -> None:
    (line,) = read(f"{before}{SHEET}{';' * 20}\r\n\r\n  ;;\r\n".encode(encoding))
    assert isinstance(line, Line)
    assert line.site.nom == "Siège"


def test_an_alphabet_is_the_chunk_s_so_a_broken_line_of_utf_8_is_no_other_name() -> None:
    body = f"{HEADER}\n{row()}\n".encode() + row(site_nom="Dépôt").encode("cp1252")
    good, broken = read(body)
    assert isinstance(good, Line)
    assert isinstance(broken, Rejection) and broken.code == "encodage_invalide"


def test_cells_left_out_at_the_end_are_empty_ones() -> None:
    header = f"{HEADER},derniere_periode"
    (line,) = read(f"{header}\n{row()}".encode())
    assert isinstance(line, Line) and line.site.last_period is None


@pytest.mark.parametrize("body", [b"", b"\n\n", f"{HEADER}\n".encode(), b"\xef\xbb\xbf", f"sep=,\n{HEADER}".encode()])
def test_an_empty_file_is_an_error(body: bytes) -> None:
    with pytest.raises(EmptyFileRefused):
        read(body)
    with pytest.raises(EmptyFileRefused):
        list(json_lines(b"", 1))


@pytest.mark.parametrize(
    ("body", "told"), [(b"sep=|\n" + HEADER.encode(), "séparateur"), ("x".encode("utf-16"), "UTF-16")]
)
def test_what_is_no_csv_of_ours_says_what_to_do(body: bytes, told: str) -> None:
    with pytest.raises(HeaderRefused, match=told):
        read(body)


@pytest.mark.parametrize(
    "text", ["732 829 320 00074", "732\u00a0829\u202f320\u00a000074", "\ufeff73282932000074 ", "732.829.320.00074"]
)
def test_spaces_in_a_siret_are_how_people_read_it(text: str) -> None:
    line = check_line(2, {**GOOD, "siret": text, "siren": "732 829 320"})
    assert isinstance(line, Line)
    assert (line.site.siret, line.adherent.siren) == ("73282932000074", "732829320")


@pytest.mark.parametrize("value", ["7,3E+13", "7.32829E+13", "7E13", "7,3e+13"])
@pytest.mark.parametrize("column", ["siren", "siret"])
def test_a_rounded_number_is_said_as_such(value: str, column: str) -> None:
    rejected = check_line(2, {**GOOD, column: value})
    assert isinstance(rejected, Rejection) and rejected.code == "nombre_arrondi"
    assert value in rejected.message and "arrondi" in rejected.message and "format Texte" in rejected.message


@given(st.integers(1, 9_999_999), st.integers(1, 999))
def test_lost_zeros_are_said_as_such(company: int, site: int) -> None:
    number = siren(company)
    full = siret(number, site)
    for column, whole in (("siren", number), ("siret", full)):
        rejected = check_line(2, {**GOOD, "siren": number, "siret": full, column: whole.lstrip("0")})
        assert isinstance(rejected, Rejection)
        assert (rejected.code, "zéro" in rejected.message) == ("zeros_perdus", True), whole


def test_a_firm_known_by_its_name_alone_keeps_its_line_g21() -> None:
    line = check_line(2, {**GOOD, "cabinet_email": ""})
    assert isinstance(line, Line)
    assert (line.adherent.cabinet_nom, line.adherent.cabinet_email) == ("COMPTAGESTION", NO_ADDRESS)


def test_a_name_of_the_caisse_is_cleaned_and_its_line_kept() -> None:
    line = check_line(
        2, {**GOOD, "raison_sociale": "ENTREPRISE\u00a0 DU\u200bRAND", "site_nom": "1664", "cabinet_nom": "WWW.A.FR"}
    )
    assert isinstance(line, Line)
    assert (line.adherent.raison_sociale, line.site.nom, line.adherent.cabinet_nom) == (
        "ENTREPRISE DURAND",
        "1664",
        "A.FR",
    )


@given(st.binary(max_size=30))
def test_a_blank_row_has_no_value(cells: bytes) -> None:
    assert blank(cells) == (not set(cells) - set(b' \t";,'))

"""Files damaged on purpose, each with the verdict a reader must give. One damage each, in an otherwise valid file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tools.dsn_synth.monthly import CANCELS, NEANT, Monthly, Rubric, closed, render, rubrics

OK, WARN, REJECTED = "OK", "WARN", "REJECTED"
_END = 2


@dataclass(frozen=True)
class Mutation:
    """How to damage a declaration, the status expected, and the code of the control that must be named (or none)."""

    name: str
    status: str
    code: str | None
    make: Callable[[Monthly], bytes]


def set_value(one: Monthly, code: str, value: str) -> bytes:
    """The declaration with the first rubric `code` given another value."""
    lines = rubrics(one)
    at = _find(lines, code)
    lines[at] = (code, value)
    return render(lines)


def _find(lines: list[Rubric], code: str) -> int:
    return next(at for at, line in enumerate(lines) if line[0] == code)


def _body(one: Monthly) -> list[Rubric]:
    return rubrics(one)[:-_END]


def _without(one: Monthly, prefix: str) -> bytes:
    return render(closed([line for line in _body(one) if not line[0].startswith(prefix)]))


def _inserted(one: Monthly, before: str, *added: Rubric) -> bytes:
    body = _body(one)
    at = _find(body, before)
    return render(closed([*body[:at], *added, *body[at:]]))


def _swapped(one: Monthly, code: str) -> bytes:
    body = _body(one)
    at = _find(body, code)
    body[at], body[at + 1] = body[at + 1], body[at]
    return render(closed(body))


def _edited(one: Monthly, line: bytes, by: bytes | str) -> bytes:
    data = render(rubrics(one))
    if line not in data:
        raise ValueError("the mutation finds nothing to damage")
    return data.replace(line, by.encode() if isinstance(by, str) else by, 1)


def _unsaid_code(one: Monthly) -> bytes:
    return render(rubrics(one)).replace(one.fund_code.encode(), b"")


def _of_no_month(one: Monthly) -> bytes:
    """The signal of an absence: an event, that is about no month."""
    return _without(replace(one, nature="04"), "S20.G00.05.005")


def _but(one: Monthly, **changes: Any) -> bytes:
    """The declaration with other options."""
    return render(rubrics(replace(one, **changes)))


def _total(one: Monthly, by: int) -> bytes:
    return set_value(one, "S90.G00.90.001", str(len(rubrics(one)) + by))


SYNTAX = (
    Mutation("unterminated quote", REJECTED, "ligne_illisible", lambda one: _edited(one, b"PAIE'", b"PAIE")),
    Mutation("257 characters", REJECTED, "ligne_trop_longue", lambda one: set_value(one, "S10.G00.00.001", "X" * 240)),
    Mutation(
        "UTF-8 in what is read", REJECTED, "encodage", lambda one: _edited(one, b".001,'7328", ".001,'É7328".encode())
    ),
    Mutation("control character", REJECTED, "encodage", lambda one: _edited(one, b"SYNTHPAIE", b"SYNTH\x00PAIE")),
    Mutation("missing comma", REJECTED, "ligne_illisible", lambda one: _edited(one, b"001,'SYNTH", b"001'SYNTH")),
    Mutation("truncated in mid-line", REJECTED, "ligne_illisible", lambda one: render(rubrics(one))[:-60]),
)
# What went through other hands, and says what it said: the facts are those of the file before.
HARMLESS = (
    Mutation("UTF-8 BOM", WARN, "marque_ignoree", lambda one: b"\xef\xbb\xbf" + render(rubrics(one))),
    Mutation("UTF-8 text", WARN, "libelle_etranger", lambda one: _edited(one, b"\xc9GLISE", "ÉGLISE")),
    Mutation(
        "replacement character", WARN, "libelle_etranger", lambda one: _edited(one, b"\xc9GLISE", "�GLISE".encode())
    ),
    Mutation("cp1252 apostrophe", WARN, "libelle_etranger", lambda one: _edited(one, b"D'EXEMPLE", b"D\x92EXEMPLE")),
    Mutation("spaces after", WARN, "signes_ignores", lambda one: render(rubrics(one), " \t\r\n")),
    Mutation("spaces before", WARN, "signes_ignores", lambda one: _edited(one, b"S21.G00.06.001", b"  S21.G00.06.001")),
    Mutation("cp1252 quotes", WARN, "signes_ignores", lambda one: _edited(one, b",'SYNTHPAIE'", b",\x91SYNTHPAIE\x92")),
    Mutation(
        "UTF-8 quotes", WARN, "signes_ignores", lambda one: _edited(one, b",'SYNTHPAIE'", ",‘SYNTHPAIE’".encode())
    ),
    Mutation("blank lines", WARN, "ligne_vide", lambda one: render(rubrics(one), "\r\n \r\n")),
)
STRUCTURE = (
    Mutation("rubric going backwards", REJECTED, "rubrique_en_arriere", lambda one: _swapped(one, "S21.G00.11.001")),
    Mutation("contract going backwards", REJECTED, "rubrique_en_arriere", lambda one: _swapped(one, "S21.G00.40.005")),
    Mutation("orphan contract", REJECTED, "bloc_orphelin", lambda one: _without(one, "S21.G00.30")),
    Mutation(
        "two S20",
        REJECTED,
        "deux_declarations",
        lambda one: _inserted(one, "S21.G00.06.001", ("S20.G00.05.001", "01"), ("S20.G00.05.002", "01")),
    ),
    Mutation("two establishments", REJECTED, "bloc_repete", lambda one: _twice(one, "S21.G00.11")),
    Mutation("no establishment", REJECTED, "bloc_absent", lambda one: _without(replace(one, people=0), "S21.G00.11")),
    Mutation("missing S90", REJECTED, "fin_absente", lambda one: render(_body(one))),
    Mutation("total + 1", REJECTED, "total_rubriques", lambda one: _total(one, 1)),
    Mutation("total - 1", REJECTED, "total_rubriques", lambda one: _total(one, -1)),
    Mutation("two DSN announced", REJECTED, "total_declarations", lambda one: set_value(one, "S90.G00.90.002", "2")),
    Mutation("another kind of file", REJECTED, "ligne_illisible", lambda one: b"%PDF-1.7\nnot a declaration\n"),
    Mutation("rubrics out of any send", REJECTED, "hors_declaration", lambda one: b"S21.G00.30.001,'1'\r\n"),
)


def _twice(one: Monthly, block: str) -> bytes:
    body = _body(replace(one, people=0))
    again = [line for line in body if line[0].startswith(block)]
    return render(closed([*body, *again]))


LEXICAL = (
    Mutation("wrong SIREN key", WARN, "cle_siret", lambda one: set_value(one, "S21.G00.06.001", "732829321")),
    Mutation("NIC of 4 digits", REJECTED, "siret_invalide", lambda one: set_value(one, "S21.G00.11.001", "0074")),
    Mutation("letter in SIREN", REJECTED, "siret_invalide", lambda one: set_value(one, "S21.G00.06.001", "73282932A")),
    Mutation("date 31022022", WARN, "date_invalide", lambda one: set_value(one, "S21.G00.40.001", "31022022")),
    Mutation("month 15102021", REJECTED, "mois_invalide", lambda one: set_value(one, "S20.G00.05.005", "15102021")),
    Mutation("month 01132021", REJECTED, "mois_invalide", lambda one: set_value(one, "S20.G00.05.005", "01132021")),
    Mutation("unknown type", REJECTED, "type_invalide", lambda one: set_value(one, "S20.G00.05.002", "09")),
    Mutation("order of letters", REJECTED, "ordre_invalide", lambda one: set_value(one, "S20.G00.05.004", "un")),
    Mutation("neither test nor real", REJECTED, "envoi_invalide", lambda one: set_value(one, "S10.G00.00.005", "03")),
    Mutation("fraction of one digit", REJECTED, "fraction_invalide", lambda one: set_value(one, "S20.G00.05.003", "1")),
    Mutation("norm P99V01", WARN, "norme_inconnue", lambda one: set_value(one, "S10.G00.00.006", "P99V01")),
    Mutation("wrong key of the sender", WARN, "cle_emetteur", lambda one: set_value(one, "S10.G00.01.002", "00001")),
)
COHERENCE = (
    Mutation(
        "event without a month",
        WARN,
        "nature_ignoree",
        lambda one: _without(replace(one, nature="04"), "S20.G00.05.005"),
    ),
    Mutation("period in the future", WARN, "periode_future", lambda one: _but(one, period="2098-01")),
    Mutation("fraction 21", WARN, "fraction_incoherente", lambda one: _but(one, fraction="21")),
    Mutation("fraction 00", WARN, "fraction_incoherente", lambda one: _but(one, fraction="00")),
    Mutation("néant with people", WARN, "neant_avec_individus", lambda one: set_value(one, "S20.G00.05.002", NEANT)),
    Mutation("normal without people", WARN, "sans_individu", lambda one: _but(one, people=0)),
    Mutation("end of contract", WARN, "nature_ignoree", lambda one: _but(one, nature="07")),
    Mutation("test send", WARN, "envoi_de_test", lambda one: _but(one, test=True)),
    Mutation("duplicate NIR", WARN, "nir_en_double", lambda one: set_value(one, "S21.G00.30.001", "2600199999001")),
    Mutation("norm of another year", WARN, "norme_periode", lambda one: _but(one, norm="P20V01")),
    Mutation("seniority 0", WARN, "anciennete_nulle", lambda one: set_value(one, "S21.G00.86.003", "0")),
    Mutation(
        "duplicate contract number",
        WARN,
        "contrat_en_double",
        lambda one: _inserted(one, "S21.G00.50.001", ("S21.G00.40.001", "01012020"), ("S21.G00.40.009", "00001")),
    ),
)
FUND = (
    Mutation("empty fund code", WARN, "sans_code_caisse", lambda one: _unsaid_code(one)),
    Mutation("no fund code", WARN, "sans_code_caisse", lambda one: _but(one, fund_code="")),
    Mutation("code of another fund", WARN, "autre_caisse", lambda one: _but(one, fund_code="BTPXXX")),
    Mutation(
        "absence for another fund",
        WARN,
        "autre_caisse",
        lambda one: _but(one, people=0, absence="BTPXXX"),
    ),
)
VALID = (
    Mutation("monthly", OK, None, lambda one: render(rubrics(one))),
    Mutation("LF ends", OK, None, lambda one: render(rubrics(one), "\n")),
    Mutation("no last end", OK, None, lambda one: render(rubrics(one))[:-2]),
    Mutation("néant", OK, None, lambda one: _but(one, type=NEANT)),
    Mutation("nobody for the caisse", OK, None, lambda one: _but(one, people=0, absence=one.fund_code)),
    Mutation("bare, as a declarant sends it", OK, None, lambda one: _but(one, service_blocks=False)),
    Mutation("first of two fractions", OK, None, lambda one: _but(one, fraction="12")),
    Mutation("zeros before the counts", OK, None, lambda one: set_value(one, "S90.G00.90.002", "00001")),
    Mutation("rank 01", OK, None, lambda one: _but(one, rank="01")),
    Mutation("substitution", OK, None, lambda one: _but(one, nature="09", substitution="02")),
    Mutation("correction of an earlier month", OK, None, lambda one: _but(one, corrects="2026-07", quotes="abc")),
    Mutation("cancellation", OK, None, lambda one: _but(one, type=CANCELS, order=2)),
)
DAMAGED = (*SYNTAX, *HARMLESS, *STRUCTURE, *LEXICAL, *COHERENCE, *FUND)
ALL = (*VALID, *DAMAGED)

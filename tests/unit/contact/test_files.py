"""Limits, names, references, quotas, caisses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contact.domain.caisses import Caisses
from services.contact.domain.files import Limits, display_name, extension
from services.contact.domain.quota import Quota
from services.contact.domain.reference import reference
from services.contact.domain.refusals import FilesTooLarge, NameRefused, NameUnreadable, QuotaReached, TooManyFiles

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_aa42_the_limits_are_exact() -> None:
    Limits().check([41_943_040])
    Limits().check([1] * 20)
    with pytest.raises(FilesTooLarge, match="20 fichiers au maximum, 40 Mo au total"):
        Limits().check([41_943_040, 1])
    with pytest.raises(TooManyFiles, match="20 fichiers au maximum, 40 Mo au total"):
        Limits().check([1] * 21)


def test_t6_both_limits_are_settings() -> None:
    with pytest.raises(TooManyFiles, match="3 fichiers au maximum, 5 Mo au total"):
        Limits(3, 5 * 1024 * 1024).check([1] * 4)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x", "x"),
        (".htaccess", "htaccess"),
        ("...caché", "caché"),
        ("a\r\nb\x1b.pdf", "ab.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("fact\u200bure\u00a0 1.pdf", "facture 1.pdf"),
        ("www.evil.example.pdf", "evil.example.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("Relevé n°3 (définitif).pdf", "Relevé n°3 (définitif).pdf"),
    ],
)
def test_aa44_a_name_is_its_last_part_without_tricks(sent: str, shown: str) -> None:
    assert display_name(sent) == shown


def test_aa44_nul_is_unreadable_and_long_or_empty_names_are_refused() -> None:
    with pytest.raises(NameUnreadable):
        display_name("a\0b.pdf")
    for name in ("a" * 256, "", "../", "...", "2026-11", "\u200b\u202e"):
        with pytest.raises(NameRefused):
            display_name(name)
    assert display_name("a" * 255) == "a" * 255


@given(st.text(max_size=255).filter(lambda text: "\0" not in text))
def test_aa44_no_name_reaches_out_of_the_store(name: str) -> None:
    try:
        shown = display_name(name)
    except NameRefused:
        return
    assert shown and not shown.startswith(".")
    assert not set(shown) & set("/\\\r\n\0")


@pytest.mark.parametrize(
    ("name", "found"),
    [("a.PDF", "pdf"), ("passwd", ""), ("Facture n°1.2", ""), ("a.tar.gz", "gz"), ("fin.", ""), ("a.b c", "")],
)
def test_an_extension_begins_with_a_letter(name: str, found: str) -> None:
    assert extension(name) == found


def test_a_reference_has_its_year_and_six_digits() -> None:
    assert reference(date(2026, 11, 23), 1) == "C-2026-000001"
    assert reference(date(2027, 1, 1), 1234567) == "C-2027-1234567"


def test_a_quota_says_when_to_come_back() -> None:
    quota = Quota(messages=2, bytes=100)
    quota.check(sent=1, stored=60, added=40, oldest=NOW, now=NOW)
    oldest = NOW - timedelta(hours=23)
    for sent, added in ((2, 0), (1, 41)):
        with pytest.raises(QuotaReached) as refused:
            quota.check(sent=sent, stored=60, added=added, oldest=oldest, now=NOW)
        assert refused.value.headers == {"Retry-After": "3600"}


def test_a_caisse_without_a_line_of_its_own_has_the_common_one() -> None:
    caisses = Caisses.read(["# remarque\n", "code;nom;courriel\n", "IDF;A;a@example.com\n", "*;B;b@example.com\n"])
    assert (caisses.of("IDF").nom, caisses.of("XXX").nom) == ("A", "B")


@pytest.mark.parametrize(
    "lines",
    [[], ["code,nom,courriel\n"], ["code;nom;courriel\n", "IDF;A;a@example.com\n"], ["code;nom;courriel\n", "*;B;\n"]],
)
def test_a_wrong_file_of_caisses_is_refused_at_the_start(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="file of caisses"):
        Caisses.read(lines)

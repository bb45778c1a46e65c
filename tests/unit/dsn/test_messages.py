"""The four literal strings of the guide (G63, G64, T3)."""

from services.dsn.domain.messages import Kind, home_message, site_message
from services.dsn.domain.periods import Period


def test_site_list_strings_are_the_guide_s():
    """G63."""
    lines = [tuple(site_message(Period(2021, month), Kind.MISSING).values()) for month in (10, 9)]
    assert lines == [
        (
            "DSN Octobre-2021: Anomalie dans le traitement / Déclaration manquante",
            "Une action de votre part est attendue",
        ),
        (
            "DSN Septembre-2021: Anomalie dans le traitement / Déclaration manquante",
            "Une action de votre part est attendue",
        ),
    ]


def test_home_strings_are_the_guide_s():
    """G64."""
    assert [home_message(Period(2022, month), Kind.TO_RECTIFY) for month in (8, 10)] == [
        "DSN Août 2022: Une déclaration à rectifier. Une action de votre part est attendue",
        "DSN Octobre 2022: Une déclaration à rectifier. Une action de votre part est attendue",
    ]


def test_both_kinds_have_both_layouts():
    """T3: the layout follows the place, not the kind."""
    assert site_message(Period(2022, 2), Kind.TO_RECTIFY)["periode"] == "DSN Février-2022: Une déclaration à rectifier"
    assert home_message(Period(2022, 12), Kind.MISSING).startswith("DSN Décembre 2022: Anomalie dans le traitement /")

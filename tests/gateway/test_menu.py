"""The menu by groups of the matrix, and what the caisse serves on its own website (G68)."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from backbone.shape.config import SettingsError
from contracts.words.functions import FUNCTIONS, GROUPS
from gateway.app import build
from gateway.kit.elsewhere import Elsewhere
from gateway.settings import Settings
from tests.gateway.examples import SITE, SPACE, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown, words

BANK = "https://services.caisse.example/comptes?onglet=rib"
HEAD = "caisse;fonction;adresse\n"


@pytest.fixture
def elsewhere(built: tuple[Flask, FakeServices]) -> Iterator[Any]:
    """Where the caisses serve functions, for one test."""
    before = built[0].extensions["elsewhere"]

    def said(*lines: str) -> None:
        built[0].extensions["elsewhere"] = Elsewhere.read([HEAD, *(f"{line}\n" for line in lines)])

    yield said
    built[0].extensions["elsewhere"] = before


def limited(**rights: str) -> dict[str, Any]:
    """A site where the person is no administrator."""
    found = copy.deepcopy(tier(administrator=False))
    found["access"]["rights"] = rights
    return found


def groups(shown: Shown) -> dict[str, Element]:
    """The folded groups of the menu, by name."""
    return {words(one.find("summary")): one for one in shown.all("details", class_="groupe")}


def test_g68_the_menu_has_the_groups_of_the_matrix_folded(portal: Portal) -> None:
    found = groups(portal.get(f"{SPACE}/suivi-dsn"))
    assert list(found) == [group.label for group in GROUPS]
    assert not any("open" in one.attrib for one in found.values())
    for group in GROUPS:
        assert all(function.label in words(found[group.label]) for function in group.functions)


def test_g68_only_what_is_granted_is_in_the_menu(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}"] = (200, limited(mes_documents="consultation"))
    found = groups(portal.get(f"{SPACE}/"))
    assert list(found) == ["Mes documents"]
    assert "Transmettre mes fichiers" not in words(found["Mes documents"])


def test_g68_what_is_served_nowhere_is_said_in_words_and_leads_nowhere(portal: Portal) -> None:
    own = groups(portal.get(f"{SPACE}/"))["Mon espace adhérent"]
    assert not list(own.iter("a"))
    assert "Mes comptes bancaires non proposé ici" in words(own)
    assert {a.get("href") for a in groups(portal.get(f"{SPACE}/"))["Mes déclarations"].iter("a")} == {
        f"{SPACE}/suivi-dsn"
    }


def test_g68_a_function_of_the_caisse_opens_at_the_address_of_that_caisse(portal: Portal, elsewhere: Any) -> None:
    elsewhere(f"RA;mes_comptes_bancaires;{BANK}", "*;mes_comptes_bancaires;https://autre.example/")
    own = groups(portal.get(f"{SPACE}/"))["Mon espace adhérent"]
    (link,) = own.iter("a")
    assert words(link) == "Mes comptes bancaires site de votre caisse" and link.get("target") is None
    assert "s'ouvrent dans cette fenêtre, à la place de l'Espace sécurisé." in words(own)
    assert portal.get(link.get("href") or "", 303).location == BANK


def test_g68_a_caisse_without_a_line_of_its_own_has_that_of_all(portal: Portal, elsewhere: Any) -> None:
    elsewhere("IDF;mes_telepaiements;https://idf.example/", "*;mes_telepaiements;https://autre.example/")
    assert portal.get(f"{SPACE}/services/mes_telepaiements", 303).location == "https://autre.example/"


def test_aa25_nobody_is_led_where_he_has_no_right(portal: Portal, services: FakeServices, elsewhere: Any) -> None:
    elsewhere(f"*;mes_comptes_bancaires;{BANK}")
    services.answers[f"GET /sites/{SITE}"] = (200, limited(mes_documents="consultation"))
    portal.get(f"{SPACE}/services/mes_comptes_bancaires", 403)
    assert BANK not in portal.get(f"{SPACE}/").response.text


@pytest.mark.parametrize("code", ["mes_telepaiements", "inconnue", "https:__pirate.example"])
def test_what_no_caisse_serves_is_not_found(portal: Portal, code: str) -> None:
    portal.get(f"{SPACE}/services/{code}", 404)


WRONG = {
    "http": "RA;mes_comptes_bancaires;http://caisse.example/",
    "no host": "RA;mes_comptes_bancaires;https:///comptes",
    "relative": "RA;mes_comptes_bancaires;//caisse.example/",
    "script": "RA;mes_comptes_bancaires;javascript:alert(1)",
    "somebody's name": "RA;mes_comptes_bancaires;https://caisse.example@pirate.example/",
    "backslash": "RA;mes_comptes_bancaires;https://caisse.example\\@pirate.example/",
    "a blank inside": "RA;mes_comptes_bancaires;https://caisse.example/ comptes",
    "port": "RA;mes_comptes_bancaires;https://caisse.example:99999/",
    "no address": "RA;mes_comptes_bancaires;",
    "a column too many": f"RA;mes_comptes_bancaires;{BANK};oui",
    "unknown function": f"RA;mes_vacances;{BANK}",
    "twice": f"RA;mes_telepaiements;{BANK}\nRA;mes_telepaiements;https://autre.example/",
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_file_that_cannot_be_trusted_stops_the_start(tmp_path: Path, fault: str) -> None:
    file = tmp_path / "ailleurs.csv"
    file.write_text(HEAD + WRONG[fault], encoding="utf-8")
    with pytest.raises(SettingsError, match="Settings of gateway: the file of services elsewhere"):
        build(Settings.of(secret_key="x" * 40, elsewhere_file=str(file)))


def test_a_file_that_is_not_there_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="Settings of gateway: "):
        build(Settings.of(secret_key="x" * 40, elsewhere_file="/nulle/part.csv"))


def test_every_function_may_be_served_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "ailleurs.csv"
    file.write_text("# les services\n" + HEAD + "".join(f"*;{code};{BANK}\n" for code in FUNCTIONS), encoding="utf-8")
    found = build(Settings.of(secret_key="x" * 40, elsewhere_file=str(file))).extensions["elsewhere"]
    assert {found.of("RA", code) for code in FUNCTIONS} == {BANK}

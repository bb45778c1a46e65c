"""Roles, sorting keys, addresses."""

import pytest

from contracts.rules.folding import fold, name_key
from services.delegation.domain.addresses import address, same_address
from services.delegation.domain.refusals import AddressRefused
from services.delegation.domain.roles import role_of


@pytest.mark.parametrize(
    ("kind", "administrator", "role"),
    [
        ("fondateur", True, "Administrateur"),
        ("cabinet", True, "Administrateur"),
        ("collaborateur", True, "Responsable adjoint"),
        ("collaborateur", False, "Utilisateur"),
        ("cabinet", False, "Utilisateur"),
    ],
)
def test_the_role_shown_t8(kind: str, administrator: bool, role: str) -> None:
    assert role_of(kind, administrator) == role


def test_accents_sort_where_french_readers_look_g16() -> None:
    names = ["Zoé", "Émile", "eve", "Élodie", "Œdipe", "Ömer"]
    assert sorted(names, key=fold) == ["Élodie", "Émile", "eve", "Œdipe", "Ömer", "Zoé"]


def test_nom_sorts_before_prenom_g16() -> None:
    people = [("Le Roux", "Anne"), ("Le", "Roux Zoé"), ("Le", "Anne")]
    assert sorted(people, key=lambda who: name_key(*who, "")) == [
        ("Le", "Anne"),
        ("Le", "Roux Zoé"),
        ("Le Roux", "Anne"),
    ]


@pytest.mark.parametrize(
    "text", ["claire.martin+cibtp@example.com", "Claire@EXAMPLE.com", "a@établissement.example.com"]
)
def test_an_address_is_kept_with_its_domain_folded(text: str) -> None:
    assert same_address(address(text)) == same_address(address(text.upper()))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "a@b.fr\r\nBcc: x@y.fr",
        "a b@example.com",
        "a@b..fr",
        f"{'x' * 250}@b.fr",
        "é@example.com",
        "a@.fr",
        "a@b.fr\n",
    ],
)
def test_what_is_no_address_is_refused_aa47(text: str) -> None:
    with pytest.raises(AddressRefused):
        address(text)

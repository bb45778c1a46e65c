"""A founding administrator, whom the caisse names, is invited by his name; nobody else's is known (G5, K14)."""

from typing import Any

import pytest

from tests.service.identity.conftest import Identity

NAMED = {"nom": "Durand", "prenom": "Paul"}


def invited(identity: Identity, kind: str, **who: Any) -> tuple[Any, Any]:
    """What is told of the link of somebody invited, and what it shows."""
    person = {"email": "paul@example.com", "account_id": None, "nom": None, "prenom": None, **who}
    identity.opened("paul@example.com", kind=kind, beneficiary=person)
    told = identity.recorded("invitation.issued.v1")[-1].data
    return told, identity.post("/invitations/lookup", {"token": identity.link()}).json


def test_his_names_are_told_for_his_mail_and_shown_by_his_link(identity: Identity) -> None:
    told, shown = invited(identity, "fondateur", **NAMED)
    assert (told["kind"], told["nom"], told["prenom"]) == ("fondateur", "Durand", "Paul")
    assert (shown["kind"], shown["nom"], shown["prenom"]) == ("fondateur", "Durand", "Paul")


def test_a_caisse_that_knows_no_name_says_none(identity: Identity) -> None:
    told, shown = invited(identity, "fondateur")
    assert (told["nom"], shown["nom"], shown["prenom"]) == (None, None, None)


@pytest.mark.parametrize("kind", ["cabinet", "collaborateur"])
def test_of_anybody_else_no_name_is_told_or_shown_k14(identity: Identity, kind: str) -> None:
    told, shown = invited(identity, kind, **NAMED)
    assert (told["kind"], told["nom"], told["prenom"]) == (kind, None, None)
    assert (shown["nom"], shown["prenom"]) == (None, None)


def test_the_day_on_which_it_begins_is_told(identity: Identity) -> None:
    told, _ = invited(identity, "cabinet")
    assert told["starts_on"] is not None

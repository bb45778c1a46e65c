"""A claim is not a proof: what is sent to an address is for who proved that mailbox, from then on until he leaves it.

Over HTTP and the bus, with the three services that are concerned: what an account merely asked for gives it nothing.
"""

from typing import Any

import pytest

from backbone.testing import Answer
from tests.service.together.system import PASSWORD, Together

ASKER, VICTIM, BOSS = "claire@example.com", "victime@example.com", "patron@example.com"
OTHER = "Une autre phrase 8!"
OTHER_MAILBOX = "ailleurs@example.com"
LAPSED = "n'a pas été activée dans le délai prévu"


@pytest.fixture
def asker(together: Together) -> Together:
    """Claire administers a company of her own, and asked for an address that she has not proved."""
    together.founded(ASKER, 9)
    assert together.change(ASKER, VICTIM).status == 202
    return together


def said(answer: Answer) -> dict[str, Any]:
    """What an answer says, without the id of its request."""
    return {name: value for name, value in answer.json.items() if name != "instance"}


def nothing_for(asker: Together, adherent) -> None:
    """The person invited at VICTIM got a link, the asker got nothing; his change is over as one that lapsed."""
    claire = asker.account_of(ASKER)
    (row,) = [one for one in asker.rows(adherent) if one["email"] == VICTIM and not one["closed_at"]]
    assert (row["account_id"], row["completed_at"], row["confirmed_at"]) == (None, None, None)
    assert asker.delegation.get(f"/v1/adherents/{adherent}", as_=claire).status == 404
    assert asker.mailed("invitation", VICTIM)
    assert asker.login(ASKER).status == 201
    forged = asker.post("/identifier-changes/activation", {"token": "x" * 43})
    refused = asker.prove(VICTIM)
    assert refused.status == 410 and said(refused) == said(forged)
    assert [text for text in asker.mails(ASKER) if LAPSED in text]
    assert asker.complete(asker.mailed("invitation", VICTIM), "Victor", "Anne").status == 200
    asker.settle()
    (row,) = [one for one in asker.rows(adherent) if one["email"] == VICTIM and not one["closed_at"]]
    assert row["account_id"] == asker.account_of(VICTIM) != claire


def test_a_founder_named_at_a_wanted_address_is_invited_there(asker: Together) -> None:
    adherent = asker.import_founder(VICTIM)
    asker.settle()
    nothing_for(asker, adherent)


def test_a_founder_corrected_to_a_wanted_address_is_invited_there(asker: Together) -> None:
    adherent = asker.import_founder(BOSS)
    asker.settle()
    assert asker.import_founder(VICTIM) == adherent
    asker.settle()
    nothing_for(asker, adherent)


def test_a_delegation_to_a_wanted_address_is_for_who_reads_it(asker: Together) -> None:
    adherent, boss = asker.founded(BOSS)
    assert asker.delegate(adherent, boss, VICTIM).status == 201
    asker.settle()
    nothing_for(asker, adherent)


@pytest.mark.parametrize("founder", [False, True])
def test_what_is_for_an_address_that_was_left_waits_and_is_nobodys(together: Together, founder: bool) -> None:
    together.founded(ASKER, 9)
    adherent, boss = together.founded(BOSS)
    together.change(ASKER, VICTIM)
    assert together.prove(VICTIM).status == 204
    claire = together.account_of(VICTIM)
    if founder:
        adherent = together.import_founder(ASKER, 3)
    else:
        assert together.delegate(adherent, boss, ASKER).status == 201
    together.wait(hours=71)
    (row,) = [one for one in together.rows(adherent) if one["email"] == ASKER]
    assert (row["account_id"], row["completed_at"]) == (None, None)
    assert together.delegation.get(f"/v1/adherents/{adherent}", as_=claire).status == 404
    invited = len([text for text in together.mails(ASKER) if "/lien/invitation/" in text])
    together.wait(hours=1, minutes=1)
    assert len([text for text in together.mails(ASKER) if "/lien/invitation/" in text]) == invited + 1
    assert together.complete(together.mailed("invitation", ASKER), "Autre", "Jean").status == 200
    together.settle()
    (row,) = [one for one in together.rows(adherent) if one["email"] == ASKER]
    assert row["account_id"] == together.account_of(ASKER) != claire


def test_a_delegation_that_waited_is_for_who_takes_the_address_back(together: Together) -> None:
    together.founded(ASKER, 9)
    adherent, boss = together.founded(BOSS)
    together.change(ASKER, VICTIM)
    together.prove(VICTIM)
    together.delegate(adherent, boss, ASKER)
    together.settle()
    assert together.undo(ASKER).status == 204
    (row,) = [one for one in together.rows(adherent) if one["email"] == ASKER]
    assert row["account_id"] is None and together.mailed("invitation", ASKER)
    form = {"token": together.mailed("reinitialisation", ASKER), "mot_de_passe": PASSWORD, "confirmation": PASSWORD}
    assert together.post("/password-resets/complete", form).status == 204
    assert together.accept(ASKER) == [204]
    together.settle()
    (row,) = [one for one in together.rows(adherent) if one["email"] == ASKER]
    assert row["account_id"] == together.account_of(ASKER)


def test_undoing_ends_the_password_and_brings_the_link_that_makes_a_new_one(together: Together) -> None:
    together.founded(ASKER, 9)
    together.change(ASKER, VICTIM)
    together.prove(VICTIM)
    assert together.undo(ASKER).status == 204
    wrong, never = together.login(ASKER), together.login("personne@example.com")
    assert (wrong.status, wrong.json | {"instance": ""}) == (401, never.json | {"instance": ""})
    (mail,) = [text for text in together.mails(ASKER) if "a été annulée" in text]
    assert "/lien/reinitialisation/" in mail
    form = {"token": together.mailed("reinitialisation", ASKER), "mot_de_passe": OTHER, "confirmation": OTHER}
    assert together.post("/password-resets/complete", form).status == 204
    assert [together.login(ASKER, one).status for one in (PASSWORD, OTHER)] == [401, 201]
    assert not [text for text in together.mails(VICTIM) if "/lien/reinitialisation/" in text]


def test_who_was_invited_and_forgot_a_password_he_never_had_is_invited_again(together: Together) -> None:
    together.import_founder(VICTIM)
    together.settle()
    answers = [together.post("/password-resets", {"email": one}) for one in (VICTIM, "personne@example.com")]
    assert answers[0].status == 202 and answers[0].body == answers[1].body
    assert len([text for text in together.mails(VICTIM) if "/lien/invitation/" in text]) == 2
    assert together.complete(together.mailed("invitation", VICTIM)).status == 200


def test_one_person_at_two_addresses_is_one_administrator(together: Together) -> None:
    """M7 counts people: the founder who delegated administration to the address he left, and came back to it."""
    adherent, boss = together.founded(BOSS)
    together.change(BOSS, OTHER_MAILBOX)
    assert together.prove(OTHER_MAILBOX).status == 204
    order = {"kind": "collaborateur", "administrator": True, "rights": {}}
    assert together.delegate(adherent, boss, BOSS, **order).status == 201
    assert together.undo(BOSS).status == 204
    founder, second = together.rows(adherent)
    assert (founder["account_id"], second["account_id"], bool(second["closed_at"])) == (boss, None, True)
    path = f"/v1/adherents/{adherent}/delegations/{founder['id']}/closing"
    headers = {"If-Match": f'"{founder["sequence"]}"'}
    refused = together.delegation.post(path, as_=boss, json={}, headers=headers)
    assert (refused.status, refused.json["code"]) == (409, "dernier_administrateur")

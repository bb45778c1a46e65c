"""Undoing a change of identifiant gives back the contact data of before: a number typed since is perhaps a thief's."""

import sqlalchemy as sa

from services.identity.storage.tables import identifier_changes

OLD, NEW = "claire@example.com", "martin@example.com"
MINE, THIEFS = "+33612345678", "+33698765432"
CONTACT = ("nom", "prenom", "telephone_fixe", "telephone_mobile", "mobile_certified_at")


def contact(identity, account):
    shown = identity.get("/account", as_=account).json
    return {name: shown[name] for name in CONTACT}


def typed(identity, account, **changes):
    """« Modification des informations de contact », by whoever is in."""
    shown = identity.get("/account", as_=account).json
    form = {**{name: shown[name] for name in CONTACT[:4]}, **changes}
    assert identity.put("/account/contact", form, version=shown["version"], as_=account).status == 204


def certified(identity, account):
    identity.post("/account/mobile/code", as_=account)
    assert identity.certify(account, identity.sealed("mobile_code.issued.v1")[-1]["code"]).status == 204


def stolen(identity, *, is_certified=False):
    """Claire's account, whose identifiant a thief changes and proves: the account and the token of the undo link."""
    account = identity.active()
    if is_certified:
        certified(identity, account)
    before = contact(identity, account)
    identity.wait(minutes=5)
    assert identity.ask_identifier(identity.login().json["access_token"], NEW).status == 202
    activation, back = identity.change_links()
    assert identity.activate(activation).status == 204
    identity.wait(minutes=5)
    return account, back, before


def test_a_number_typed_since_and_never_certified_falls(identity):
    account, back, before = stolen(identity)
    typed(identity, account, telephone_mobile=THIEFS, telephone_fixe="+33123456789", nom="Voleur", prenom="Vil")
    assert identity.undo(back).status == 204
    assert contact(identity, account) == before
    assert before["telephone_mobile"] == MINE
    assert identity.recorded("account.updated.v1")[-1].data["telephone_mobile"] == MINE


def test_a_number_certified_since_falls_and_the_one_certified_before_is_back(identity):
    account, back, before = stolen(identity, is_certified=True)
    typed(identity, account, telephone_mobile=THIEFS)
    certified(identity, account)
    assert identity.undo(back).status == 204
    assert contact(identity, account) == before
    assert before["telephone_mobile"] == MINE
    assert before["mobile_certified_at"]


def test_a_number_taken_away_since_is_back(identity):
    account, back, before = stolen(identity, is_certified=True)
    typed(identity, account, telephone_mobile=None)
    assert identity.undo(back).status == 204
    assert contact(identity, account) == before


def test_nothing_changed_since_stays(identity):
    account, back, before = stolen(identity, is_certified=True)
    assert identity.undo(back).status == 204
    assert contact(identity, account) == before


def test_of_a_change_that_the_version_before_began_no_number_is_known_to_be_the_owners(identity):
    account, back, _ = stolen(identity)
    with identity.under.engine.begin() as connection:
        connection.execute(sa.update(identifier_changes).values(contact=None))
    typed(identity, account, telephone_mobile=THIEFS, telephone_fixe="+33123456789")
    assert identity.undo(back).status == 204
    after = contact(identity, account)
    assert (after["telephone_mobile"], after["telephone_fixe"], after["nom"]) == (None, None, "Martin")


def test_a_later_change_that_is_proved_has_its_own_contact_of_before(identity):
    _, back = identity.changing()
    identity.wait(hours=24)
    identity.under.run_job("lapse_identifiers")
    account = identity.login().json["account"]["account_id"]
    typed(identity, account, telephone_mobile=THIEFS)
    identity.ask_identifier(identity.login().json["access_token"], NEW)
    assert identity.undo(back).status == 204
    assert contact(identity, account)["telephone_mobile"] == MINE

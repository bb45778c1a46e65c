"""When a change of identifiant can be proved and undone, and which addresses are taken (G75, T5, AA47)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Account
from services.identity.domain.identifier import Change, ensure_none_open, new_address
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import AddressRefused, AddressUnchanged, ChangeStillOpen
from services.identity.settings import Settings

ONE = UUID(int=1)
THEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLAIRE = Account(
    ONE, Status.ACTIF, "Claire@example.com", "claire@example.com", "Martin", "Claire", None, None, None, version=1
)


def change(proved_at=None):
    life = Lifetimes()
    until, undo_until = THEN + life.identifier, THEN + life.identifier_undo
    return Change(ONE, ONE, "old@example.com", "new@example.com", THEN, until, undo_until, proved_at)


@pytest.mark.parametrize(("hours", "proves", "undoes"), [(0, True, True), (24, False, True), (72, False, False)])
def test_a_change_is_proved_within_24_hours_and_undone_within_72_c4_t5(hours, proves, undoes):
    now = THEN + timedelta(hours=hours)
    assert (change().can_be_proved(now), change().can_be_undone(now)) == (proves, undoes)
    before = now - timedelta(seconds=1)
    assert change().can_be_proved(before) == (hours <= 24)
    assert change().can_be_undone(before)


def test_what_is_proved_is_not_proved_again_and_can_still_be_undone_t5():
    proved = change(THEN)
    assert not proved.can_be_proved(THEN)
    assert proved.can_be_undone(THEN)


def test_a_change_that_is_open_excludes_another_until_a_day_that_is_said_in_paris():
    ensure_none_open(None)
    with pytest.raises(ChangeStillOpen, match="26/11/2026 à 10\u00a0h\u00a000"):
        ensure_none_open(change(THEN))


def test_a_new_address_is_kept_with_its_domain_folded():
    assert new_address(" Claire.Martin@EXAMPLE.com ", CLAIRE) == "Claire.Martin@example.com"


@pytest.mark.parametrize("text", ["claire@EXAMPLE.com", "CLAIRE@example.com"])
def test_another_spelling_of_the_same_address_is_no_change(text):
    with pytest.raises(AddressUnchanged):
        new_address(text, CLAIRE)


@pytest.mark.parametrize(
    "text", ["", "claire", "claire@localhost", "a@b.fr\r\nBcc: x@y.fr", "a@b.fr, c@d.fr", "é@b.fr"]
)
def test_what_no_mail_server_carries_is_refused_aa47(text):
    with pytest.raises(AddressRefused):
        new_address(text, CLAIRE)


@pytest.mark.parametrize(("hours", "undo"), [(0, 72), (73, 72)])
def test_a_change_that_could_not_be_undone_while_it_waits_does_not_start(hours, undo):
    given = {"database_url": "sqlite:///x", "broker_url": "embedded:", "signing_keys": "{}"}
    with pytest.raises(Exception, match="T5"):
        Settings.of(**given, notification_public_key="{}", identifier_hours=hours, identifier_undo_hours=undo)

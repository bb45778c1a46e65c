"""A status says what happened to the invitation, not what was ordered (K6); a refused resend says when (M6)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backbone.ids import new_id
from contracts.events.invitation import INVITATION_DELIVERED, INVITATION_STANDING
from tests.service.delegation.test_sub_delegation import Firm
from tests.service.delegation.world import Company, World

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
EMAIL = "comptable@example.com"


class Invited:
    """A pending delegation, and what identity and notification say of its invitation."""

    def __init__(self, company: Company, world: World) -> None:
        self.company, self.world = company, world
        self.id, self.link = company.opened(EMAIL), new_id()
        self.told = 0

    @property
    def now(self) -> datetime:
        return self.world.under.clock.now()

    def stands(self, **changes: Any) -> None:
        self.told += 1
        made = {"invitation_id": self.link, "issued_at": self.now, "expires_at": self.now + WEEK}
        data = {"delegation_id": UUID(self.id), "email": EMAIL, **made, "next_at": None, "waits_for": None, **changes}
        self.world.under.deliver(INVITATION_STANDING, data, sequence=self.told)

    def delivered(self, outcome: str = "envoye", link: UUID | None = None) -> None:
        data = {"invitation_id": link or self.link, "delegation_id": UUID(self.id), "outcome": outcome, "at": self.now}
        self.world.under.deliver(INVITATION_DELIVERED, data)

    def waits(self, seconds: float = 1800, why: str = "limite", **changes: Any) -> None:
        self.stands(next_at=self.now + timedelta(seconds=seconds), waits_for=why, **changes)

    def shown(self) -> str:
        """What the page says; the list says the same."""
        detail = self.company.see(self.id).json["statut_detail"]
        (line,) = self.company.list("courriel=comptable").json["items"]
        assert line["statut_detail"] == detail and line["statut"] == "En attente"
        return str(detail)

    def again(self) -> Any:
        return self.company.act(self.id, "invitation")


@pytest.fixture
def invited(company: Company, world: World) -> Invited:
    return Invited(company, world)


def test_nothing_is_said_to_be_sent_before_it_is(invited: Invited) -> None:
    assert invited.shown() == "Invitation demandée le 23/11/2026"
    invited.stands()
    assert invited.shown() == "Invitation demandée le 23/11/2026"
    invited.delivered()
    assert invited.shown() == "Invitation envoyée le 23/11/2026, expire le 30/11/2026"


def test_one_of_which_no_word_ever_came_is_not_said_to_be_leaving(invited: Invited, world: World) -> None:
    # Sent before identity and notification told of invitations.
    world.under.clock.advance(timedelta(days=3))
    assert invited.shown() == "Invitation demandée le 23/11/2026"
    assert invited.again().status == 202
    assert invited.shown() == "Invitation demandée le 26/11/2026"


def test_word_of_the_mail_may_come_before_word_of_its_link(invited: Invited) -> None:
    invited.delivered()
    invited.stands()
    assert invited.shown().startswith("Invitation envoyée le 23/11/2026")


def test_its_opening_is_told_by_identity_and_ends_with_the_link(invited: Invited, world: World) -> None:
    invited.stands()
    invited.delivered()
    world.under.clock.advance(timedelta(days=1))
    invited.stands(opened_at=invited.now, issued_at=invited.now - timedelta(days=1), expires_at=invited.now + 6 * DAY)
    assert invited.shown() == "Invitation envoyée le 23/11/2026, lien ouvert le 24/11/2026, expire le 30/11/2026"
    facts = invited.company.see(invited.id).json["invitation"]
    assert datetime.fromisoformat(facts["opened_at"]) == invited.now
    invited.link = new_id()
    invited.stands()  # by an identity of the version before: it says nothing of openings
    invited.delivered()
    assert invited.shown() == "Invitation envoyée le 24/11/2026, expire le 01/12/2026"


def test_an_expired_one_is_said_expired(invited: Invited, world: World) -> None:
    invited.stands()
    invited.delivered()
    world.under.clock.advance(WEEK)
    assert invited.shown() == "Invitation expirée le 30/11/2026"


def test_one_that_will_never_arrive_is_said_so(invited: Invited) -> None:
    invited.stands()
    invited.delivered("echec")
    assert invited.shown() == "Invitation non remise le 23/11/2026 : vérifiez l'adresse"


def test_a_limit_is_said_with_its_time_and_what_still_works(invited: Invited) -> None:
    invited.waits(invitation_id=None, issued_at=None, expires_at=None)
    assert invited.shown() == "Invitation non envoyée : nouvel envoi possible à 10\u00a0h\u00a030"
    invited.waits(24 * 3600, invitation_id=None, issued_at=None, expires_at=None)
    assert invited.shown().endswith("nouvel envoi possible le 24/11/2026 à 10\u00a0h\u00a000")
    invited.waits()
    invited.delivered()
    assert invited.shown() == (
        "Invitation envoyée le 23/11/2026, expire le 30/11/2026 ; nouvel envoi possible à 10\u00a0h\u00a030"
    )


def test_a_held_address_is_said_without_whose_it_was(invited: Invited) -> None:
    invited.waits(72 * 3600, "adresse_retenue", invitation_id=None, issued_at=None, expires_at=None)
    assert invited.shown() == (
        "En attente : cette adresse pourra recevoir une invitation le 26/11/2026 à 10\u00a0h\u00a000"
    )


def test_an_older_standing_changes_nothing(invited: Invited) -> None:
    invited.told = 4
    invited.stands()
    invited.delivered()
    invited.told = 2
    invited.waits(invitation_id=None, issued_at=None, expires_at=None)
    assert invited.shown().startswith("Invitation envoyée")


def test_programs_read_the_instants(invited: Invited) -> None:
    invited.stands()
    invited.delivered()
    facts = invited.company.see(invited.id).json["invitation"]
    assert (facts["sent_at"][:10], facts["expires_at"][:10]) == ("2026-11-23", "2026-11-30")
    assert (facts["failed_at"], facts["next_at"], facts["waits_for"]) == (None, None, None)
    assert invited.company.see(invited.company.founder_delegation).json["invitation"] is None


def test_the_opening_and_two_resends_an_hour_then_429_with_its_time(invited: Invited, world: World) -> None:
    statuses = []
    for _ in range(3):
        world.under.clock.advance(timedelta(minutes=10))
        statuses.append(invited.again())
    assert [one.status for one in statuses] == [202, 202, 429]
    refused = statuses[-1]
    assert (refused.json["code"], refused.json["detail"]) == (
        "trop_de_tentatives",
        "Trop de tentatives. Réessayez plus tard.",
    )
    wait = int(refused.headers["Retry-After"])
    assert 29 * 60 < wait <= 30 * 60 + 1
    world.under.clock.advance(timedelta(seconds=wait))
    assert invited.again().status == 202


def test_ten_a_day(invited: Invited, world: World) -> None:
    statuses = []
    for _ in range(10):
        world.under.clock.advance(HOUR)
        statuses.append(invited.again().status)
    assert statuses == [202] * 9 + [429]


def test_a_delegation_closed_and_opened_again_counts_the_same_address(invited: Invited, world: World) -> None:
    for _ in range(2):
        invited.company.act(invited.id, "closing")
        invited.id = invited.company.opened(EMAIL)
    world.under.clock.advance(timedelta(minutes=2))
    assert invited.again().status == 429


def test_another_adherent_has_its_own_count(invited: Invited, world: World) -> None:
    other = world.company(2)
    for _ in range(2):
        world.under.clock.advance(timedelta(minutes=2))
        invited.again()
    theirs = other.opened(EMAIL)
    assert other.act(theirs, "invitation").status == 202


def test_what_identity_holds_back_is_429_until_then(invited: Invited, world: World) -> None:
    world.under.clock.advance(timedelta(minutes=5))
    invited.waits(7200, "adresse_retenue")
    refused = invited.again()
    assert (refused.status, refused.headers["Retry-After"]) == (429, "7200")
    assert world.events()[-1] == "delegation.opened"


def test_the_firm_reads_the_same_of_its_own(company: Company, world: World) -> None:
    firm = Firm(company, world)
    child = company.opened("collab@example.com", as_=firm.account)
    assert company.see(child, as_=firm.account).json["statut_detail"] == "Invitation demandée le 23/11/2026"

"""What begins and ends in one night is one mail a person, in the morning, once (decision 53)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.events import delegation
from contracts.words.reasons import Closed
from tests.service.notification.mail import like, send, subjects, text_of
from tests.support.smtp import SmtpSink

MIDNIGHT = datetime(2026, 11, 30, 23, 1, tzinfo=UTC)  # in Paris one minute past, on the first of December
CLAIRE, PAUL = "comptable@example.com", "durand@example.com"


@pytest.fixture
def night(under: ServiceUnderTest, clock: FixedClock) -> ServiceUnderTest:
    clock.advance(MIDNIGHT - clock.now())
    return under


def company(number: int) -> dict[str, Any]:
    example = like(delegation.DELEGATION_CLOSED)["adherent"]
    return {**example, "adherent_id": UUID(int=number), "raison_sociale": f"ENTREPRISE {number}"}


def told(*emails: str) -> list[dict[str, Any]]:
    return [{"email": email, "nom": "Durand", "prenom": "Paul"} for email in emails]


def ends(under: ServiceUnderTest, number: int = 1, **changes: Any) -> dict[str, Any]:
    """A delegation of company `number` ended at its date de fin."""
    ended = {"reason": Closed.ECHEANCE, "administrators": [], "ends_on": date(2026, 11, 30), "told": told(PAUL)}
    data = {**ended, "adherent": company(number), "delegation_id": new_id(), **changes}
    data = like(delegation.DELEGATION_CLOSED, **data)
    under.deliver(delegation.DELEGATION_CLOSED, data, sequence=4)
    return data


def begins(under: ServiceUnderTest, number: int = 1, **changes: Any) -> None:
    """One whose date d'effet came."""
    data = {"adherent": company(number), "delegation_id": new_id(), "told": told(PAUL), **changes}
    under.deliver(delegation.DELEGATION_STARTED, like(delegation.DELEGATION_STARTED, **data), sequence=3)


def morning(under: ServiceUnderTest) -> int:
    under.clock.advance(timedelta(hours=7))
    return under.run_job("order_nights")


def test_thirty_clients_whose_delegations_end_in_one_night_are_one_mail(
    night: ServiceUnderTest, sink: SmtpSink
) -> None:
    for number in range(1, 31):
        ends(night, number, told=[])
    begins(night, 31, told=[])
    assert (night.run_job("order_nights"), send(night)) == (0, 0)  # it is night
    assert (morning(night), send(night)) == (1, 1)
    assert sink.recipients == [CLAIRE]
    assert subjects(sink) == [
        "Mon espace CIBTP : Délégations qui commencent ou prennent fin pour ENTREPRISE 1 et 30 autres entreprises"
    ]
    text = text_of(sink)
    assert "- ENTREPRISE 1 (identifiant CIBTP 0412345) : a pris fin le 30/11/2026 au soir" in text
    assert "- … et 11 autres délégations" in text


def test_both_sides_are_told_apart_of_an_end_and_of_a_start(night: ServiceUnderTest, sink: SmtpSink) -> None:
    ends(night)
    begins(night, 2)
    assert (morning(night), send(night)) == (2, 2)
    texts = {sink.recipients[number]: text_of(sink, number) for number in (0, 1)}
    assert "- ENTREPRISE 2 (identifiant CIBTP 0412345) : commence le 01/12/2026" in texts[CLAIRE]
    assert "- Claire Martin, ENTREPRISE 1 (identifiant CIBTP 0412345) : a pris fin le 30/11/2026" in texts[PAUL]
    assert "@" not in "".join(texts.values()).replace("https://", "")


def test_a_night_is_told_once_whatever_comes_again(night: ServiceUnderTest, sink: SmtpSink) -> None:
    ended = ends(night)
    assert (morning(night), send(night)) == (2, 2)
    night.deliver(delegation.DELEGATION_CLOSED, ended, sequence=4)
    night.clock.advance(timedelta(days=1))
    assert (night.run_job("order_nights"), send(night)) == (0, 0)


def test_what_a_job_that_was_down_ends_in_the_day_waits_until_nothing_more_comes(
    night: ServiceUnderTest, sink: SmtpSink
) -> None:
    night.clock.advance(timedelta(hours=12))
    ends(night, told=[])
    night.clock.advance(timedelta(seconds=40))
    ends(night, 2, told=[])
    night.clock.advance(timedelta(seconds=40))
    assert night.run_job("order_nights") == 0
    night.clock.advance(timedelta(seconds=40))
    assert (night.run_job("order_nights"), send(night)) == (1, 1)


def test_what_a_person_closes_is_told_at_once_not_in_the_morning(night: ServiceUnderTest, sink: SmtpSink) -> None:
    night.deliver(delegation.DELEGATION_CLOSED, like(delegation.DELEGATION_CLOSED, administrators=[], told=[]))
    assert send(night) == 1
    assert morning(night) == 0


def test_an_end_that_opened_nothing_says_so(night: ServiceUnderTest, sink: SmtpSink) -> None:
    ends(night, confirmed_at=None, told=[])
    assert (morning(night), send(night)) == (1, 1)
    assert "au soir, sans avoir été confirmée" in text_of(sink)


def test_an_event_of_the_version_before_is_told_to_its_beneficiary(night: ServiceUnderTest, sink: SmtpSink) -> None:
    ended = {"reason": Closed.ECHEANCE, "administrators": [], "ends_on": date(2026, 11, 30)}
    data = like(delegation.DELEGATION_CLOSED, **ended)
    for name in ("told", "author", "below"):
        del data[name]
    night.deliver(delegation.DELEGATION_CLOSED, data, sequence=4)
    assert (morning(night), send(night)) == (1, 1)
    assert sink.recipients == [CLAIRE]


def test_old_nights_are_forgotten(night: ServiceUnderTest) -> None:
    ended = ends(night, told=[])
    assert morning(night) == 1
    night.clock.advance(timedelta(days=61))
    night.run_job("purge_digests")
    night.deliver(delegation.DELEGATION_CLOSED, ended, sequence=4)
    with night.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM night").scalar() == 1

"""What ends soon and what waits for a confirmation: one mail of each a person and day (decision 54)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.events import reminding
from tests.service.notification.mail import like, send, subjects, text_of
from tests.support.smtp import SmtpSink

NIGHT = datetime(2026, 11, 30, 23, 1, tzinfo=UTC)
PAUL = {"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"}


@pytest.fixture
def night(under: ServiceUnderTest, clock: FixedClock) -> ServiceUnderTest:
    clock.advance(NIGHT - clock.now())
    return under


def company(number: int) -> dict[str, Any]:
    example = like(reminding.DELEGATION_ENDING)["adherent"]
    return {**example, "adherent_id": UUID(int=number), "raison_sociale": f"ENTREPRISE {number}"}


def ends(under: ServiceUnderTest, number: int, **changes: Any) -> None:
    data = {"adherent": company(number), "delegation_id": new_id(), "ends_on": date(2026, 12, 31), **changes}
    under.deliver(reminding.DELEGATION_ENDING, like(reminding.DELEGATION_ENDING, **data), sequence=3)


def waits(under: ServiceUnderTest, number: int, **changes: Any) -> None:
    told = {"by_beneficiary": False, "administrators": [PAUL], "reminded_at": NIGHT}
    data = {"adherent": company(number), "delegation_id": new_id(), **told, **changes}
    under.deliver(reminding.CONFIRMATION_AWAITED, like(reminding.CONFIRMATION_AWAITED, **data), sequence=3)


def test_thirty_clients_are_one_mail_in_the_morning(night: ServiceUnderTest, sink: SmtpSink) -> None:
    for number in range(1, 31):
        ends(night, number)
    assert night.run_job("order_notices") == 0  # it is night
    night.clock.advance(timedelta(hours=7))
    assert (night.run_job("order_notices"), night.run_job("order_notices")) == (1, 0)
    send(night)
    assert len(subjects(sink)) == 1
    text = text_of(sink)
    assert "prend fin le 31/12/2026 au soir" in text and "… et 10 autres délégations" in text
    assert "/mon-compte/delegations" in text


def test_who_administers_gets_one_mail_of_all_that_wait(night: ServiceUnderTest, sink: SmtpSink) -> None:
    waits(night, 1)
    waits(night, 2)
    ends(night, 3, beneficiary={**like(reminding.DELEGATION_ENDING)["beneficiary"], "email": PAUL["email"]})
    night.clock.advance(timedelta(hours=7))
    assert night.run_job("order_notices") == 1
    send(night)
    assert sorted(subject.split(" pour ")[0] for subject in subjects(sink)) == [
        "Mon espace CIBTP : Délégations qui prennent bientôt fin",
        "Mon espace CIBTP : Délégations à confirmer",
    ]


def test_one_that_waits_leads_to_its_page(night: ServiceUnderTest, sink: SmtpSink) -> None:
    held = new_id()
    waits(night, 1, delegation_id=held)
    night.clock.advance(timedelta(hours=7))
    night.run_job("order_notices")
    send(night)
    assert f"/delegations/{held}/confirmation" in text_of(sink)


def test_what_a_beneficiary_asks_leaves_at_once_and_once(under: ServiceUnderTest, sink: SmtpSink) -> None:
    waits(under, 1, by_beneficiary=True)
    send(under)
    assert len(subjects(sink)) == 1 and "vous relance" in text_of(sink)
    assert under.run_job("order_notices") == 0

"""That somebody wrote to the caisse, or read what he wrote, is told once a day (decision 64)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from backbone.rights.uses import Told
from backbone.testing import ServiceUnderTest
from contracts.events import delegation
from contracts.examples import ADHERENT_ID
from tests.service.contact.sending import ME, write


def told(under: ServiceUnderTest) -> list[Any]:
    """The uses that were told since the last look."""
    found = [event.data for event in under.recorded() if event.type == "contact.used.v1"]
    under.clear()
    return found


def sent(under: ServiceUnderTest) -> str:
    """A message of his; its id."""
    answer = write(under)
    assert answer.status == 201, answer.json
    return str(answer.json["message_id"])


def read(under: ServiceUnderTest, message_id: str) -> None:
    assert under.get(f"/v1/messages/{message_id}", as_=ME).status == 200


def test_writing_is_a_use_told_once_a_day(under: ServiceUnderTest) -> None:
    sent(under)
    (one,) = told(under)
    assert (one["account_id"], one["adherent_id"], one["codes"]) == (ME, UUID(ADHERENT_ID), ["nous_contacter"])
    assert set(one) == {"use_id", "adherent_id", "account_id", "codes", "day", "at"}, "nothing of what was written"
    read(under, sent(under))
    assert not told(under)


def test_reading_what_one_wrote_is_a_use_of_another_day(under: ServiceUnderTest) -> None:
    message = sent(under)
    under.clear()
    under.clock.advance(timedelta(days=1))
    read(under, message)
    assert [str(one["day"]) for one in told(under)] == ["2026-11-24"]
    under.service.port(Told).__init__()  # type: ignore[misc]
    read(under, message)
    assert not told(under), "the table knows what the memory does not"


def test_what_is_read_after_the_access_ended_is_no_use(under: ServiceUnderTest) -> None:
    message = sent(under)
    under.clear()
    under.clock.advance(timedelta(days=1))
    under.deliver(delegation.DELEGATION_CLOSED, sequence=9)
    read(under, message)
    assert not told(under)


def test_a_refused_message_is_no_use(under: ServiceUnderTest) -> None:
    assert write(under, consentement=None).status == 422
    assert not told(under)


def test_what_a_list_shows_is_of_no_company(under: ServiceUnderTest) -> None:
    assert under.get("/v1/messages", as_=ME).status == 200
    assert not told(under)

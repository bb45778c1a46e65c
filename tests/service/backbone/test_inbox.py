"""What the bus may do to a service and what becomes of it: repeats, bad bytes, failing listeners, replay."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.clock import SystemClock
from backbone.ids import new_id
from backbone.messaging import inbox
from backbone.messaging.listening import Listening
from backbone.messaging.retrying import Retrying
from backbone.testing import ServiceUnderTest
from contracts.events.identity import PASSWORD_CHANGED
from tests.service.backbone.sample import NOTED, NOTES


def texts(under: ServiceUnderTest) -> list[str]:
    with under.engine.connect() as connection:
        return sorted(connection.execute(sa.select(NOTES.c.text)).scalars())


def retry(under: ServiceUnderTest) -> object:
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring, attempts=3)
    return Retrying(listening, under.unit).round()


def noted(under: ServiceUnderTest, text: str) -> object:
    return under.delivery(NOTED, {"note_id": new_id(), "text": text})


def test_fa11_the_same_event_five_times_has_one_effect(under: ServiceUnderTest) -> None:
    delivery = noted(under, "une fois")
    assert under.take([delivery, delivery]).applied == 1
    for _ in range(3):
        assert under.take([delivery]).repeated == 1
    assert texts(under) == ["une fois"]


def test_fa13_unreadable_messages_are_parked_whole_and_the_rest_goes_on(under: ServiceUnderTest) -> None:
    good = [noted(under, f"bon {n:02}") for n in range(90)]
    model = noted(under, "modèle")
    headers = {**model.headers}
    bad = [
        model._replace(body=b"not json", headers=headers | {"ce-id": str(new_id())}),
        model._replace(body=b'{"text": "sans id"}', headers=headers | {"ce-id": str(new_id())}),
        model._replace(headers=headers | {"ce-id": str(new_id()), "ce-type": "inconnu.v1"}),
        model._replace(headers=headers | {"ce-id": str(new_id()), "ce-type": "note.taken.v2"}),
        model._replace(headers={}),
        model._replace(headers=headers | {"ce-id": "not a uuid"}),
        model._replace(headers=headers | {"ce-id": str(new_id()), "ce-sequence": "x"}),
        model._replace(headers=headers | {"ce-id": str(new_id()), "ce-source": "autre"}),
        model._replace(headers=headers | {"ce-id": str(new_id()), "ce-time": "hier"}),
        model._replace(headers={name: value for name, value in headers.items() if name != "ce-subject"}),
    ]
    outcome = under.take([*good[:45], *bad, *good[45:]])
    assert (outcome.applied, outcome.parked) == (90, 10)
    with under.engine.connect() as connection:
        parked = inbox.parked(connection)
        bodies = set(
            connection.execute(sa.select(inbox.table().c.body).where(inbox.table().c.parked_at.is_not(None))).scalars()
        )
    assert len(parked) == 10
    assert all(row.error for row in parked)
    assert b"not json" in bodies
    assert under.take(bad).parked == 0  # again: nothing doubles


def test_fa13_an_unknown_field_is_accepted(under: ServiceUnderTest) -> None:
    delivery = noted(under, "plus")
    body = delivery.body[:-1] + b',"nouveau":1}'
    assert under.take([delivery._replace(body=body)]).applied == 1


def test_an_event_we_do_not_listen_to_is_parked_not_dropped(under: ServiceUnderTest) -> None:
    registry = under.service.registry
    assert PASSWORD_CHANGED.type not in registry.cards
    delivery = under.delivery(PASSWORD_CHANGED, PASSWORD_CHANGED.load(PASSWORD_CHANGED.example))
    assert under.take([delivery]).parked == 1


def test_fa14_a_listener_that_always_fails_is_tried_later_then_parked_and_its_neighbours_go_on(
    under: ServiceUnderTest,
) -> None:
    outcome = under.take([noted(under, "avant"), noted(under, "boom"), noted(under, "après")])
    assert (outcome.applied, outcome.failed) == (2, 1)
    assert texts(under) == ["après", "avant"]  # what it wrote before failing is undone
    assert under.recorded() == []  # and what it recorded
    for _ in range(2):
        under.clock.advance(timedelta(minutes=20))
        retry(under)
    with under.engine.connect() as connection:
        (parked,) = inbox.parked(connection)
    assert parked.attempts == 3
    assert "boom" not in parked.error  # the kind of the error, never its message


def test_a_retry_waits_for_its_time(under: ServiceUnderTest) -> None:
    under.take([noted(under, "boom")])
    assert retry(under).failed == 0
    under.clock.advance(timedelta(seconds=2))
    assert retry(under).failed == 1


def test_fa16_a_replay_applies_once_and_a_second_one_finds_nothing(under: ServiceUnderTest) -> None:
    delivery = noted(under, "réparé")._replace(body=b"broken")
    under.take([delivery])
    good = noted(under, "réparé").body
    with under.unit() as uow:
        uow.connection.execute(sa.update(inbox.table()).values(body=good))
        assert inbox.replay(uow.connection, uow.now) == 1
        uow.commit()
    assert retry(under).applied == 1
    with under.unit() as uow:
        assert inbox.replay(uow.connection, uow.now) == 0
    assert texts(under) == ["réparé"]


def test_a_forged_source_is_parked_where_each_service_has_its_account(under: ServiceUnderTest) -> None:
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring, accounts=True)
    forged = noted(under, "faux")._replace(user_id="notification")
    with under.unit() as uow:
        assert listening.apply([listening.read(one) for one in (forged, noted(under, "vrai"))], uow).parked == 1
        uow.commit()
    assert texts(under) == ["vrai"]


def replayed(under: ServiceUnderTest, listening: Listening) -> Any:
    """All that is parked is due again, and tried."""
    with under.unit() as uow:
        inbox.replay(uow.connection, uow.now)
        uow.commit()
    return Retrying(listening, under.unit).round()


def test_a_replay_judges_as_the_first_delivery_did_and_the_others_go_on(under: ServiceUnderTest) -> None:
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring, accounts=True)
    mine, forged, wrong = noted(under, "vrai"), noted(under, "faux"), noted(under, "autre")
    mine = mine._replace(user_id=str(mine.headers["ce-source"]))
    strange = {**wrong.headers, "ce-source": "notification"}
    refused = [forged._replace(user_id="notification"), wrong._replace(headers=strange, user_id="notification")]
    with under.unit() as uow:
        assert listening.apply([listening.read(one) for one in (mine, *refused)], uow).parked == 2
        uow.commit()
    assert (replayed(under, listening).parked, texts(under)) == (2, ["vrai"])
    with under.engine.connect() as connection:
        assert {row.error for row in inbox.parked(connection)} == {"forged_source", "wrong_source"}


def test_what_a_rollback_no_longer_listens_to_is_parked_again_and_blocks_no_retry(under: ServiceUnderTest) -> None:
    forgetful = Listening(under.service.registry, {}, under.service.wiring)
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring)
    with under.unit() as uow:
        assert forgetful.apply([forgetful.read(noted(under, "plus tard"))], uow).parked == 1
        uow.commit()
    assert (replayed(under, forgetful).parked, replayed(under, listening).applied) == (1, 1)
    assert texts(under) == ["plus tard"]


def test_the_first_of_two_bodies_with_one_id_stays_and_it_is_a_security_line(
    under: ServiceUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    first = noted(under, "premier")
    second = first._replace(body=first.body.replace(b"premier", b"second"))
    outcome = under.take([first, second, first])
    assert (outcome.applied, outcome.repeated, texts(under)) == (1, 2, ["premier"])
    assert [one.msg for one in caplog.records if one.name == "security"] == ["event_contradicted"]


def returned(delivery: Any, times: int) -> Any:
    """The delivery, as a quorum queue gives it again after consumers died with it in hand."""
    headers = {**delivery.headers, "x-delivery-count": str(times)}
    return delivery._replace(headers=headers, redelivered=True)


def test_what_came_back_again_and_again_is_tried_by_itself_and_its_neighbours_are_applied(
    under: ServiceUnderTest,
) -> None:
    outcome = under.take([returned(noted(under, "suspect"), 3), noted(under, "voisin"), returned(noted(under, "n"), 2)])
    assert (outcome.applied, outcome.failed, texts(under)) == (2, 1, ["n", "voisin"])
    assert (retry(under).applied, texts(under)) == (1, ["n", "suspect", "voisin"])


def test_an_event_that_ends_its_process_each_time_is_parked_before_the_next_try(under: ServiceUnderTest) -> None:
    under.take([returned(noted(under, "fatal"), 3)])
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring, attempts=3)
    listening.try_again = lambda entry, uow: (_ for _ in ()).throw(SystemExit)  # type: ignore[method-assign]
    for _ in range(3):
        under.clock.advance(timedelta(minutes=1))
        with pytest.raises(SystemExit):
            Retrying(listening, under.unit).round()  # a process of its own: nothing is remembered but what is written
    under.clock.advance(timedelta(minutes=1))
    assert Retrying(listening, under.unit).round().parked == 1
    with under.engine.connect() as connection:
        (parked,) = inbox.parked(connection)
    assert (parked.attempts, parked.error[:12]) == (3, "worker_ended")


def test_a_try_that_the_database_interrupted_does_not_count(under: ServiceUnderTest) -> None:
    under.take([returned(noted(under, "patient"), 3)])
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring, attempts=3)
    real, retrying = listening.try_again, Retrying(listening, under.unit)
    listening.try_again = lambda entry, uow: (_ for _ in ()).throw(ConnectionError)  # type: ignore[method-assign]
    for _ in range(5):
        with pytest.raises(ConnectionError):
            retrying.round()
    listening.try_again = real  # type: ignore[method-assign]
    assert (retrying.round().applied, texts(under)) == (1, ["patient"])


def test_an_id_that_comes_again_with_another_body_is_told_while_the_first_body_is_kept(
    under: ServiceUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    first = noted(under, "boom")
    under.take([first])
    under.take([first])
    assert [one.msg for one in caplog.records if one.name == "security"] == []
    assert under.take([first._replace(body=first.body.replace(b"boom", b"bien"))]).repeated == 1
    assert [one.msg for one in caplog.records if one.name == "security"] == ["event_contradicted"]
    assert texts(under) == []


def aged(under: ServiceUnderTest, text: str, days: int) -> Any:
    """An event recorded so many days ago, by every clock."""
    delivery = noted(under, text)
    at = min(under.clock.now(), SystemClock().now()) - timedelta(days=days)
    return delivery._replace(headers={**delivery.headers, "ce-time": at.isoformat()})


def test_an_event_older_than_the_inbox_remembers_is_parked_and_not_taken_for_new(under: ServiceUnderTest) -> None:
    outcome = under.take([aged(under, "vieux", 31), aged(under, "jeune", 25), noted(under, "neuf")])
    assert (outcome.applied, outcome.parked, texts(under)) == (2, 1, ["jeune", "neuf"])
    assert under.errors() == ["too_old"]


def test_a_replay_of_what_is_too_old_is_refused_again_unless_an_operator_forces_it(under: ServiceUnderTest) -> None:
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring)
    under.take([aged(under, "vieux", 31)])
    assert (replayed(under, listening).parked, texts(under)) == (1, [])
    with under.unit() as uow:
        assert inbox.replay(uow.connection, uow.now, force=True) == 1
        uow.commit()
    assert (Retrying(listening, under.unit).round().applied, texts(under)) == (1, ["vieux"])


BEYOND: dict[str, dict[str, Any]] = {
    "too_large": {"body": b'{"text": "' + b"x" * 300_000 + b'"}'},
    "too_many_headers": {"headers": {f"h{n}": "x" for n in range(60)}},
    "wrong_content_type": {"headers": {"content-type": "text/plain"}},
    "wrong_specversion": {"headers": {"ce-specversion": "0.3"}},
    "wrong_attribute": {"headers": {"ce-time": "2026-11-23T09:00:00"}},
}


@pytest.mark.parametrize("reason", BEYOND)
def test_what_is_beyond_the_bounds_of_the_bus_is_parked_with_its_reason(under: ServiceUnderTest, reason: str) -> None:
    good, change = noted(under, "bon"), BEYOND[reason]
    headers = {**good.headers, **change.get("headers", {}), "ce-id": str(new_id())}
    bad = good._replace(body=change.get("body", good.body), headers=headers)
    assert (under.take([bad, good]).parked, texts(under)) == (1, ["bon"])
    assert [error.partition(":")[0] for error in under.errors()] == [reason]
    listening = Listening(under.service.registry, under.service.listens, under.service.wiring)
    assert (replayed(under, listening).parked, texts(under)) == (1, ["bon"])


def test_purging_forgets_what_is_old_and_keeps_what_is_parked(under: ServiceUnderTest) -> None:
    under.take([noted(under, "vieux"), noted(under, "x")._replace(body=b"bad")])
    under.clock.advance(timedelta(days=40))
    under.run_job("purge_backbone")
    with under.engine.connect() as connection:
        left = connection.execute(sa.select(inbox.table().c.parked_at)).scalars().all()
    assert len(left) == 1 and left[0] is not None

"""Urgent before bulk (decision 31): an event's lane, from what records it to whoever listens, on both databases."""

from dataclasses import replace

import sqlalchemy as sa

from backbone.events.envelope import LANE
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging import inbox, outbox
from backbone.messaging.announcing import Announcement, announce
from backbone.messaging.listening import Listening
from backbone.messaging.relay import Relay
from backbone.messaging.retrying import Retrying
from contracts.events.identity import SESSION_REVOKED
from contracts.events.stated import DELEGATION_STATE_ANNOUNCED
from tests.service.backbone.sample import NOTED, NOTES, TakeNote, take_note


class Bus:
    """Takes all that comes, in its order."""

    def __init__(self):
        self.sent = []

    def publish(self, messages, timeout):
        self.sent += messages
        return {}


def record(under, *texts):
    with under.unit() as uow:
        for text in texts:
            take_note(TakeNote(new_id(), text), uow=uow, clock=under.clock)
        uow.commit()


def unsent(under, lane=None):
    with under.engine.connect() as connection:
        return [(row.lane, row.headers.get(LANE)) for row in outbox.take(connection, 10, under.clock.now(), lane)]


def bulk(delivery):
    return delivery._replace(headers={**delivery.headers, LANE: "bulk"})


def note(under, text):
    return under.delivery(NOTED, {"note_id": new_id(), "text": text})


def test_what_is_recorded_goes_the_lane_of_what_is_done_and_says_so_on_the_wire(under):
    record(under, "urgent")
    with in_lane(Lane.BULK):
        record(under, "import")
    record(under, "urgent")
    assert unsent(under) == [(Lane.URGENT, None), (Lane.BULK, "bulk"), (Lane.URGENT, None)]
    assert unsent(under, Lane.URGENT) == [(Lane.URGENT, None)] * 2
    assert unsent(under, Lane.BULK) == [(Lane.BULK, "bulk")]


def test_an_urgent_relay_takes_what_a_thousand_bulk_events_stand_before(under):
    with in_lane(Lane.BULK):
        record(under, *(f"import {n}" for n in range(1000)))
    record(under, "urgent")
    bus = Bus()
    assert Relay(under.engine, bus, under.clock, lane=Lane.URGENT).step() == (1, False)
    assert [message.lane for message in bus.sent] == [Lane.URGENT]
    assert Relay(under.engine, bus, under.clock, lane=Lane.BULK).step() == (500, True)
    assert {message.lane for message in bus.sent[1:]} == {Lane.BULK}
    with under.engine.connect() as connection:
        depths = outbox.depths(connection)
    assert [depths[lane][0] for lane in Lane] == [0, 500]


def test_a_row_of_the_version_before_is_urgent(under):
    names = ("id", "type", "headers", "body", "recorded_at")
    values = {"id": new_id(), "type": NOTED.type, "headers": "{}", "body": "{}", "recorded_at": under.clock.now()}
    before = sa.table("outbox", *(sa.column(name, outbox.table().c[name].type) for name in names))
    with under.engine.begin() as connection:
        connection.execute(sa.insert(before).values(values))
    assert unsent(under, Lane.URGENT) == [(Lane.URGENT, None)]


def test_an_event_whose_card_is_urgent_is_urgent_whatever_made_it(under):
    card = SESSION_REVOKED
    assert card.urgent
    with in_lane(Lane.BULK), under.unit() as uow:
        uow._source = card.producer
        uow.record(card, sequence=1, data=card.load(card.example))
        uow.commit()
    assert unsent(under) == [(Lane.URGENT, None)]


def test_who_listens_to_a_bulk_event_is_in_its_lane_and_the_next_one_is_not(under):
    seen = {}

    def on_note(event, *, uow):
        seen[event.data["text"]] = event.lane
        uow.record(NOTED, sequence=1, data=event.data)

    listening = Listening(under.service.registry, {NOTED.type: on_note}, under.service.wiring)
    received = [note(under, "a"), bulk(note(under, "b")), note(under, "c")]
    with under.unit() as uow:
        assert listening.apply([listening.read(one) for one in received], uow).applied == 3
        uow.commit()
    assert seen == {"a": Lane.URGENT, "b": Lane.BULK, "c": Lane.URGENT}
    assert sorted(unsent(under)) == [(Lane.BULK, "bulk"), (Lane.URGENT, None), (Lane.URGENT, None)]


def test_a_bulk_event_that_failed_is_bulk_when_it_is_tried_again_and_the_lanes_take_turns(under):
    failing, tried = True, []

    def on_note(event, *, uow):
        if failing:
            raise RuntimeError
        tried.append(event.data["text"])
        uow.record(NOTED, sequence=1, data=event.data)

    listening = Listening(under.service.registry, {NOTED.type: on_note}, under.service.wiring, retry_base=0.0)
    received = [bulk(note(under, f"import {n}")) for n in range(20)] + [note(under, f"urgent {n}") for n in range(3)]
    with under.unit() as uow:
        assert listening.apply([listening.read(one) for one in received], uow).failed == 23
        uow.commit()
    failing = False
    assert Retrying(listening, under.unit).round().applied == 23
    assert [text.split()[0] for text in tried[:6]] == ["urgent", "import"] * 3
    assert sum(lane is Lane.BULK for lane, _ in unsent(under)) >= 4


def test_a_replayed_event_of_the_outbox_keeps_its_lane(under):
    with in_lane(Lane.BULK):
        record(under, "import")
    with under.engine.begin() as connection:
        (row,) = outbox.take(connection, 1, under.clock.now())
        outbox.park(connection, row.position, "refused", under.clock.now())
        assert outbox.replay(connection) == 1
    assert unsent(under) == [(Lane.BULK, "bulk")]


def test_what_an_owner_says_again_is_bulk(under):
    def say(uow, after, limit):
        if after:
            return []
        uow.record(NOTED, sequence=1, data={"note_id": new_id(), "text": "again"})
        return [new_id()]

    card = replace(DELEGATION_STATE_ANNOUNCED, type="sample_state.announced.v1", producer="sample")
    assert announce(under.unit, Announcement(card, {"notes": say}))[1] == {"notes": 1}
    assert unsent(under) == [(Lane.BULK, "bulk")] * 2


def test_inbox_says_the_lane_of_what_waits(under):
    under.take([bulk(note(under, "boom")), note(under, "boom")])
    with under.engine.connect() as connection:
        rows = connection.execute(sa.select(inbox.table().c.bulk).where(inbox.table().c.body.is_not(None)))
        assert sorted(rows.scalars()) == [False, True]
        assert connection.execute(sa.select(sa.func.count()).select_from(NOTES)).scalar_one() == 0


def test_a_sign_of_life_is_told_however_many_bulk_events_wait(under):
    """On PostgreSQL it took more than a statement's 30 s behind an import of 50 000: one question for each row."""
    with in_lane(Lane.BULK):
        for _ in range(4):
            record(under, *(f"import {n}" for n in range(2000)))
    with under.engine.begin() as connection:
        outbox.drop(connection, NOTED.type)  # bulk ones are not its affair
        assert outbox.waiting(connection) == 8000
    record(under, "urgent")
    with under.engine.begin() as connection:
        outbox.drop(connection, NOTED.type)
        assert outbox.waiting(connection) == 8000

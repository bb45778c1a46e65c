"""The epoch of an owner: above every one before, on all that leaves after it was raised, kept by who heard it out."""

import sqlalchemy as sa
import sqlalchemy.exc
from pytest import LogCaptureFixture, raises

from backbone.bus.port import Delivery
from backbone.clock import FixedClock
from backbone.events.envelope import Unacceptable, decode
from backbone.ids import new_id
from backbone.messaging import announcing, outbox
from backbone.messaging.projections import Projection
from backbone.store import epochs
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED

METADATA = sa.MetaData()
PLACES = sa.Table(
    "places",
    METADATA,
    sa.Column("place_id", sa.Uuid, primary_key=True),
    sa.Column("owner_id", sa.Integer, nullable=False),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
)
KEPT = Projection("elsewhere", "places", PLACES, "place_id", fixed=("owner_id",))


def note(under: ServiceUnderTest) -> None:
    """A note is taken."""
    with under.unit() as uow:
        uow.record(NOTED, sequence=1, data=NOTED.load(NOTED.example))
        uow.commit()


def taken(under: ServiceUnderTest, clock: FixedClock) -> list[str | None]:
    """The epochs with which what waits would leave."""
    with under.engine.begin() as connection:
        return [row.headers.get("ce-epoch") for row in outbox.take(connection, 10, clock.now())]


def test_what_was_recorded_before_leaves_with_the_epoch_in_which_it_was_recorded(
    under: ServiceUnderTest, clock: FixedClock
) -> None:
    note(under)
    assert taken(under, clock) == [None]
    epoch, said = announcing.announce(under.unit, None)
    note(under)
    assert (taken(under, clock), said) == (["0", str(epoch)], {})


def test_an_epoch_is_above_every_one_before_even_after_a_restore(under: ServiceUnderTest) -> None:
    first, second, third = (announcing.announce(under.unit, None)[0] for _ in range(3))
    assert first > 1_700_000_000 and first < second < third
    with under.engine.begin() as connection:
        connection.execute(sa.delete(epochs.table()))
    assert announcing.announce(under.unit, None)[0] >= first


def test_a_reader_takes_the_epoch_or_zero_and_refuses_another_thing(under: ServiceUnderTest) -> None:
    def read(**headers: str) -> int:
        told = under.delivery(NOTED, NOTED.load(NOTED.example))
        return decode(under.service.registry, {**told.headers, **headers}, told.body).epoch

    assert (read(), read(**{"ce-epoch": "1795687200"})) == (0, 1795687200)
    for wrong in ("-1", "x", str(2**60), ""):
        with raises(Unacceptable):
            read(**{"ce-epoch": wrong})


def row(epoch: int, sequence: int = 1, owner_id: int = 1, place_id: object = None) -> dict[str, object]:
    return {"place_id": place_id or new_id(), "owner_id": owner_id, "epoch": epoch, "sequence": sequence}


def test_what_an_owner_does_not_know_any_more_is_not_kept(under: ServiceUnderTest) -> None:
    METADATA.create_all(under.engine)
    with under.engine.begin() as connection:
        assert KEPT.keep(connection, [row(0), row(3)]) == 2
        assert epochs.hear(connection, "elsewhere", 2) and KEPT.forget(connection, 2) == 1
        assert KEPT.keep(connection, [row(0), row(1), row(2)]) == 1
        assert not epochs.hear(connection, "elsewhere", 2) and not epochs.hear(connection, "elsewhere", 1)
        assert KEPT.said(connection, 2) == 2


def test_what_claims_anothers_row_is_left_out_and_told(under: ServiceUnderTest, caplog: LogCaptureFixture) -> None:
    METADATA.create_all(under.engine)
    first = row(0)
    with under.engine.begin() as connection:
        KEPT.keep(connection, [first])
        KEPT.keep(connection, [{**first, "sequence": 2, "owner_id": 2}, row(0)])
        assert connection.execute(sa.select(PLACES).where(PLACES.c.place_id == first["place_id"])).one().owner_id == 1
        assert [one.message for one in caplog.records if one.name == "security"] == ["row_claimed"]
        KEPT.keep(connection, [{**first, "sequence": 1, "owner_id": 2, "epoch": 1}])
        assert connection.execute(sa.select(PLACES).where(PLACES.c.place_id == first["place_id"])).one().owner_id == 2


def test_who_writes_a_projection_meanwhile_is_waited_for(under: ServiceUnderTest) -> None:
    if under.engine.dialect.name != "postgresql":
        return  # one writer at a time
    with under.engine.begin() as batch, under.engine.begin() as other, under.engine.connect() as end:
        assert epochs.heard(batch, "elsewhere") == epochs.heard(other, "elsewhere") == 0
        end.execute(sa.text("SET LOCAL lock_timeout = '200ms'"))
        with raises(sqlalchemy.exc.OperationalError):
            epochs.hear(end, "elsewhere", 5)


def test_an_event_read_keeps_its_epoch(under: ServiceUnderTest) -> None:
    told = under.delivery(NOTED, NOTED.load(NOTED.example), 7)
    newer = Delivery({**told.headers, "ce-epoch": "9"}, told.body, told.routing_key, told.user_id, False, None)
    assert decode(under.service.registry, newer.headers, newer.body).order == {"epoch": 9, "sequence": 7}

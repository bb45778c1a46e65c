"""A function gets what it asks for by type; what nobody provides, or two do, is an error before anything runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, NewType, Protocol
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.clock import Clock, FixedClock
from backbone.events.cards import Registry
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.ports import Wiring
from backbone.shape.config import BaseSettings
from backbone.shape.jobs import Job
from backbone.shape.service import Service
from contracts.events.authority import IDENTITY_ALIVE

CLOCK = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


class Seal(Protocol):
    """A port that can be called."""

    def __call__(self, content: str, /) -> str:
        """Sealed."""


class Scanner:
    """A port that not every installation has."""


@dataclass(frozen=True)
class Patience:
    """A value that is a port."""

    tries: int = 3


Urgent = NewType("Urgent", Patience)


class Colour(Enum):
    """A choice, which is no port."""

    RED = 1


@dataclass(frozen=True)
class Ports:
    """What the functions below ask for."""

    clock: Clock = CLOCK
    seal: Seal = str.upper
    patience: Patience = Patience()
    urgent: Urgent = Urgent(Patience(9))
    scanner: Scanner | None = None
    scales: Mapping[str, Patience] = None  # type: ignore[assignment]


def use_case(command: str, *, uow: UnitOfWork, at: Clock, patience: Patience, urgent: Urgent) -> Any:
    return command, uow, at, patience.tries, urgent.tries


def test_a_port_is_known_by_its_type_whatever_its_name() -> None:
    bound = Wiring(Ports()).bind(use_case, given=("uow",))
    assert bound("go", uow="a unit") == ("go", "a unit", CLOCK, 3, 9)


def test_what_can_be_called_and_what_is_generic_are_ports_too() -> None:
    def seals(*, seal: Seal, scales: Mapping[str, Patience]) -> Any:
        return seal("word"), scales

    scales = {"a": Patience()}
    assert Wiring(Ports(scales=scales)).bind(seals)() == ("WORD", scales)


def test_a_port_that_nobody_provides_is_an_error_at_once() -> None:
    with pytest.raises(TypeError, match="use_case wants at: Clock, patience: Patience, urgent: Urgent, which no port"):
        Wiring().bind(use_case, given=("uow",))


def test_a_port_with_a_default_may_be_there_or_not() -> None:
    def patient(*, patience: Patience = Patience(1)) -> int:
        return patience.tries

    assert (Wiring().bind(patient)(), Wiring(Ports()).bind(patient)()) == (1, 3)


def test_who_can_do_without_says_so() -> None:
    def scans(*, scanner: Scanner) -> object:
        return scanner

    def may_scan(*, scanner: Scanner | None) -> object:
        return scanner

    there, away = Scanner(), Wiring(Ports())
    assert [Wiring(Ports(scanner=there)).bind(one)() for one in (scans, may_scan)] == [there, there]
    assert away.bind(may_scan)() is None
    with pytest.raises(TypeError, match="wants scanner: Scanner, which no port is"):
        away.bind(scans)
    with pytest.raises(TypeError, match="wants scanner: Scanner, which no port is"):
        Wiring().bind(may_scan)  # nobody said whether there is one


def test_two_ports_of_one_type_are_an_error_also_when_one_may_be_away() -> None:
    @dataclass(frozen=True)
    class Twice:
        first: Patience
        second: Patience | None = None

    with pytest.raises(TypeError, match="two ports are Patience"):
        Wiring(Twice(Patience()))


@pytest.mark.parametrize("kind", [int, str | None, timedelta, UUID, Sequence[str], Callable[[], datetime], Colour, Any])
def test_what_is_plain_is_no_port(kind: Any) -> None:
    with pytest.raises(TypeError, match="is no type of a port"):
        Wiring().provide(kind, 1)


def test_what_is_plain_comes_at_the_call_of_a_question_and_of_nothing_else() -> None:
    def question(connection: str, *, page: int, about: UUID | None, colour: Colour, at: Clock) -> Any:
        return connection, page, about, colour, at

    answer = Wiring(Ports()).call(question)("line", page=2, about=None, colour=Colour.RED)
    assert answer == ("line", 2, None, Colour.RED, CLOCK)
    with pytest.raises(TypeError, match="wants page: int, about: UUID, colour: Colour, which no port is"):
        Wiring(Ports()).bind(question)


def test_what_a_job_was_made_with_is_not_asked_for() -> None:
    def attest(*, patience: Patience, authority: str) -> Any:
        return patience.tries, authority

    assert Wiring(Ports()).bind(partial(attest, authority="identity"))() == (3, "identity")


def service(**contents: Any) -> Service:
    """A service of nothing but `contents`."""
    made = {"ports": Ports(), **contents}
    engine = sa.create_engine("sqlite://")
    settings = BaseSettings.of(database_url="sqlite://", broker_url="embedded:/nowhere")
    return Service(
        name="sample",
        settings=settings,
        metadata=sa.MetaData(),
        registry=Registry.of([IDENTITY_ALIVE]),
        engine=engine,
        clock=CLOCK,
        migrations=Path("nowhere"),
        **made,
    )


def lost(*, uow: UnitOfWork, scanner: Scanner) -> None:
    """Asks for what this service has not."""


def lost_job(*, scanner: Scanner) -> int:
    """Asks for what this service has not."""
    return 0


@pytest.mark.parametrize(
    "contents",
    [
        {"use_cases": (lost,)},
        {"queries": (lost,)},
        {"listens": {IDENTITY_ALIVE.type: lost}},
        {"jobs": {"lost": Job(timedelta(1), lost_job)}},
    ],
    ids=lambda contents: next(iter(contents)),
)
def test_a_missing_port_is_an_error_when_the_service_is_built_not_at_the_first_request(contents: Any) -> None:
    with pytest.raises(TypeError, match="wants scanner: Scanner, which no port is"):
        service(ports=None, **contents)


def test_a_doubled_port_is_an_error_when_the_service_is_built() -> None:
    with pytest.raises(TypeError, match="two ports are Clock"):
        service()  # every service has its clock from the backbone

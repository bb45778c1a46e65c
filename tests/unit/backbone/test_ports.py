"""A function receives exactly the ports it names; what nobody provides is found when the service is built."""

from typing import Any

import pytest

from backbone.ports import bind

PORTS = {"clock": "a clock", "settings": "settings", "sealer": "a sealer"}


def use_case(command: str, *, uow: str, clock: str, patience: int = 3) -> tuple[Any, ...]:
    return command, uow, clock, patience


def test_the_ports_it_names_are_filled_in_and_no_other() -> None:
    assert bind(use_case, PORTS, given=("uow",))("go", uow="a unit") == ("go", "a unit", "a clock", 3)


def test_a_port_with_a_default_may_be_provided() -> None:
    assert bind(use_case, {**PORTS, "patience": 9}, given=("uow",))("go", uow="u")[-1] == 9


def test_a_port_that_nobody_provides_is_an_error_at_once() -> None:
    with pytest.raises(TypeError, match="use_case wants clock, which no port provides"):
        bind(use_case, {}, given=("uow",))


def test_what_comes_at_the_call_is_not_taken_from_the_ports() -> None:
    assert bind(use_case, {**PORTS, "uow": "shared"}, given=("uow",))("go", uow="own")[1] == "own"

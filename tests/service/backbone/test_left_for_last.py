"""What is left for last is done once, right before the commit, with all that the unit gathered."""

from collections.abc import Set
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTES

done: list[Set[Any]] = []


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def write(uow: UnitOfWork, texts: Set[Any]) -> None:
    done.append(set(texts))
    rows = [{"id": new_id(), "text": text} for text in sorted(texts)]
    uow.connection.execute(sa.insert(NOTES), rows)


def texts(under: ServiceUnderTest) -> list[str]:
    with under.engine.connect() as connection:
        return sorted(connection.execute(sa.select(NOTES.c.text)).scalars())


def test_it_is_done_once_with_all_that_was_left_and_in_the_same_transaction(under: ServiceUnderTest) -> None:
    with under.unit() as uow:
        uow.leave_for_last(write, ["a", "b"])
        uow.leave_for_last(write, {"b", "c"})
        assert not done
        uow.commit()
    assert done == [{"a", "b", "c"}]
    assert texts(under) == ["a", "b", "c"]


def test_what_a_part_left_that_failed_is_not_done(under: ServiceUnderTest) -> None:
    with under.unit() as uow:
        uow.leave_for_last(write, ["a"])
        with pytest.raises(ZeroDivisionError), uow.savepoint():
            uow.leave_for_last(write, ["b"])
            raise ZeroDivisionError
        uow.commit()
    assert texts(under) == ["a"]


def test_nothing_is_done_of_a_unit_that_is_not_committed(under: ServiceUnderTest) -> None:
    with under.unit() as uow:
        uow.leave_for_last(write, ["a"])
    assert not done and texts(under) == []

"""Batches in order, each delivery once; the next is read while a full one is applied, and only then."""

import threading
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from backbone.bus.port import Delivery
from backbone.receiving import BATCH, batches


class Queue:
    """A subscriber's `receive` over so many deliveries; `sizes` cuts them as they arrive."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes, self._next, self.threads = list(sizes), 0, list[str]()

    def receive(self, limit: int, wait: float) -> list[Delivery]:
        """The next piece."""
        self.threads.append(threading.current_thread().name)
        size = min(limit, self._sizes.pop(0)) if self._sizes else 0
        self._next += size
        return [Delivery({}, b"", "", "", False, tag) for tag in range(self._next - size, self._next)]


def read(delivery: Delivery) -> int:
    return int(str(delivery.tag))


@given(st.lists(st.sampled_from([0, 1, 3, BATCH]), max_size=12))
def test_every_delivery_comes_once_and_in_order(sizes: list[int]) -> None:
    arriving = batches(Queue(sizes), read, 0)  # type: ignore[arg-type]
    got = [one for received in islice(arriving, 2 * len(sizes) + 1) for one in received.read]
    arriving.close()
    assert got == list(range(sum(sizes)))


def test_only_behind_a_full_batch_is_the_next_one_read_in_another_thread() -> None:
    queue, here = Queue([3, BATCH, BATCH, 3]), threading.current_thread().name
    arriving = batches(queue, read, 0)  # type: ignore[arg-type]
    assert [len(received.deliveries) for received in islice(arriving, 4)] == [3, BATCH, BATCH, 3]
    arriving.close()
    assert [name == here for name in queue.threads] == [True, True, False, False]

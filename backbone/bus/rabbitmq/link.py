"""One connection to RabbitMQ kept open for ever, in a thread of its own: heartbeats never wait for a handler.

It declares the topology on each new connection, hands the channel to its user, and when the connection is lost
tries again with a capped, jittered pause. It never exits by itself and never raises into another thread.
"""

import logging
import random
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol

import pika

from backbone.bus.port import Topology
from backbone.bus.rabbitmq import topology as on_broker
from backbone.bus.rabbitmq.wire import Connection

HEARTBEAT = 10
BLOCKED_TIMEOUT = 5
# Why a broker ends a channel or a connection over what was sent on it (AMQP 0-9-1, reply codes).
OVER_A_MESSAGE = frozenset((403, 406, 501, 502, 503, 505))
OTHER_ARGUMENTS = 406
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0

log = logging.getLogger(__name__)
logging.getLogger("pika").setLevel(logging.CRITICAL)  # it tells each loss ten times over; the link tells it once


class User(Protocol):
    """Who works on the channel. Both are called in the thread of the link."""

    def opened(self, channel: Any) -> None:
        """The topology stands and `channel` is ready."""

    def lost(self, refusal: str) -> None:
        """The channel is gone, with everything unanswered on it. `refusal`: what the broker ended it for, if it did."""


def parameters(url: str, name: str) -> Any:
    """The connection parameters of `url` with our timeouts; `name` shows in the broker's management pages."""
    wanted = pika.URLParameters(url)
    wanted.heartbeat = HEARTBEAT
    wanted.blocked_connection_timeout = BLOCKED_TIMEOUT
    wanted.socket_timeout = wanted.stack_timeout = 5
    wanted.connection_attempts = 1
    wanted.client_properties = {"connection_name": name}
    return wanted


class Link:
    """The connection and its thread. `usable` is set while the topology stands and the broker is not blocked."""

    def __init__(self, url: str, name: str, topology: Topology, user: User):
        self._parameters = parameters(url, name)
        self._topology, self._user = topology, user
        self._connection: Any = None
        self._loop: Any = None
        self._loop_lock = threading.Lock()
        self._stopping = threading.Event()
        self.usable = threading.Event()
        self.reason = "not connected yet"
        self._opened_once, self._refusal = False, ""
        self._asked, self._answers = list[on_broker.Step](), 0
        self._thread = threading.Thread(target=self._run, name=f"link {name}", daemon=True)
        self._thread.start()

    def post(self, work: Callable[[], None]) -> bool:
        """Have `work` done in the thread of the link, in order; False when no connection is being served."""
        with self._loop_lock:
            if self._loop is None:
                return False
            self._loop.add_callback_threadsafe(work)
            return True

    @property
    def closed(self) -> bool:
        """Whether its user has closed it: it will not come back."""
        return self._stopping.is_set()

    def close(self, timeout: float = 5.0) -> None:
        """End the connection after what was posted before, then the thread."""
        self._stopping.set()
        self.post(self._close_connection)
        self._thread.join(timeout)

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            self._opened_once, self._refusal = False, ""
            self._serve()
            pause = FIRST_PAUSE if self._opened_once else min(pause * 2, LONGEST_PAUSE)
            self._stopping.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311 — spread, not secrecy

    def _serve(self) -> None:
        """One connection from its opening to its loss."""
        try:
            self._connection = Connection(
                self._parameters,
                on_open_callback=self._connected,
                on_open_error_callback=self._ended,
                on_close_callback=self._ended,
            )
            self._connection.add_on_connection_blocked_callback(self._blocked)
            self._connection.add_on_connection_unblocked_callback(self._unblocked)
            with self._loop_lock:
                self._loop = self._connection.ioloop
            self._loop.start()
        except Exception as error:  # whatever it was, the answer is the same: say it, and connect again
            self._say(error)
        finally:
            self._release()

    def _release(self) -> None:
        self.usable.clear()
        with self._loop_lock:
            loop, self._loop = self._loop, None
        self._user.lost(self._refusal)
        if loop is not None:
            loop.close()

    def _connected(self, connection: Any) -> None:
        self._asked = list(on_broker.steps(self._topology))
        if self._stopping.is_set():
            connection.close()
        else:
            connection.channel(on_open_callback=self._channel_opened)

    def _channel_opened(self, channel: Any) -> None:
        """Ask for the whole topology, pipelined; ready after the last answer."""
        channel.add_on_close_callback(self._channel_closed)
        self._answers = 0
        for step in self._asked:
            step(channel, lambda _frame: self._answered(channel))

    def _answered(self, channel: Any) -> None:
        self._answers += 1  # answers come in order
        if self._answers == len(self._asked):
            self._ready(channel)

    def _ready(self, channel: Any) -> None:
        self._user.opened(channel)
        self._opened_once = True
        self.reason = ""
        self.usable.set()

    def _channel_closed(self, _channel: Any, error: Exception) -> None:
        """A channel the broker closed takes its connection along: one way of starting again.

        Not when something stands with other arguments than ours: it is used as it stands, whoever's it is, and told;
        an upgrade or an operator changes it. One queue must not stop who publishes to all.
        """
        if not self._opened_once and getattr(error, "reply_code", 0) == OTHER_ARGUMENTS and self._asked:
            log.error("used as it stands: %s", repr(error)[:300])
            del self._asked[self._answers]
            self._connection.channel(on_open_callback=self._channel_opened)
            return
        self._say(error)
        self._note(error)
        self._close_connection()

    def _blocked(self, _connection: Any, _frame: Any) -> None:
        self.reason = "the broker is blocked by an alarm"
        self.usable.clear()

    def _unblocked(self, _connection: Any, _frame: Any) -> None:
        self.reason = ""
        self.usable.set()

    def _close_connection(self) -> None:
        if self._connection.is_closed:
            self._connection.ioloop.stop()
        elif not self._connection.is_closing:
            self._connection.close()

    def _ended(self, connection: Any, error: Any) -> None:
        if not isinstance(error, pika.exceptions.ConnectionClosedByClient):  # then we know why we closed it
            self._say(error)
        self._note(error)
        connection.ioloop.stop()

    def _note(self, error: object) -> None:
        """Keep what the broker itself refused, once the channel was in use."""
        by_broker = (pika.exceptions.ChannelClosedByBroker, pika.exceptions.ConnectionClosedByBroker)
        if self._opened_once and isinstance(error, by_broker) and error.reply_code in OVER_A_MESSAGE:
            self._refusal = f"{error.reply_code} {error.reply_text}"[:180]

    def _say(self, error: object) -> None:
        self.usable.clear()
        self.reason = repr(error)[:300]
        if not self._stopping.is_set():
            log.warning("bus connection lost: %s", self.reason)


def wait_until(event: threading.Event, timeout: float) -> float:
    """Wait for `event` at most `timeout` seconds; the seconds that are left."""
    end = monotonic() + timeout
    event.wait(timeout)
    return max(0.0, end - monotonic())

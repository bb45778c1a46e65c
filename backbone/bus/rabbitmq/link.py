"""One connection to RabbitMQ kept open for ever, in a thread of its own: heartbeats never wait for a handler.

On each new connection it hands the channel to its user, who looks whether what it uses stands; when that lacks, or the
connection is lost, it tries again with a capped, jittered pause. It never exits by itself and never raises into another
thread.
"""

import logging
import random
import threading
from collections.abc import Callable, MutableMapping
from time import monotonic
from typing import Any, Protocol

import pika

HEARTBEAT = 10
BLOCKED_TIMEOUT = 5
# Why a broker ends a channel or a connection over what was sent on it (AMQP 0-9-1, reply codes).
OVER_A_MESSAGE = frozenset((403, 406, 501, 502, 503, 505))
# And why it refuses what a process needs before it can begin: no such queue or exchange, no permission, in use.
LACKS = frozenset((403, 404, 405))
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0

log = logging.getLogger(__name__)
logging.getLogger("pika").setLevel(logging.CRITICAL)  # it tells each loss ten times over; the link tells it once


class User(Protocol):
    """Who works on the channel. Both are called in the thread of the link."""

    def opened(self, channel: Any, ready: Callable[[], None]) -> None:
        """The channel is open: look for what is needed, then call `ready`. The broker ends it over what lacks."""

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
    """The connection and its thread. `usable` is set while its user is ready and the broker is not blocked.

    `lacking`: by name of the link, what the broker refuses to give it. It outlives the link, so that whoever asks
    between one that was closed and its successor is told the same.
    """

    def __init__(
        self, url: str, name: str, user: User, lacking: MutableMapping[str, str], connect: Callable[..., Any]
    ) -> None:
        self._parameters = parameters(url, name)
        self._name, self._user, self._lacking, self._connect = name, user, lacking, connect
        self._connection: Any = None
        self._loop: Any = None
        self._loop_lock = threading.Lock()
        self._stopping = threading.Event()
        self.usable = threading.Event()
        self.reason = "not connected yet"
        self._opened_once, self._refusal = False, ""
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
            self._connection = self._connect(
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
        if self._stopping.is_set():
            connection.close()
        else:
            connection.channel(on_open_callback=self._channel_opened)

    def _channel_opened(self, channel: Any) -> None:
        channel.add_on_close_callback(self._channel_closed)
        self._user.opened(channel, self._ready)

    def _ready(self) -> None:
        self._opened_once = True
        self._lacking.pop(self._name, None)
        self.reason = ""
        self.usable.set()

    def _channel_closed(self, _channel: Any, error: Exception) -> None:
        """A channel the broker closed takes its connection along: one way of starting again."""
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

    def _note(self, error: Any) -> None:
        """Keep what the broker itself refused: over a message once the channel was in use, before that what lacks."""
        if isinstance(error, pika.exceptions.ConnectionClosedByClient):
            return  # the error that made us close it was noted
        by_broker = (pika.exceptions.ChannelClosedByBroker, pika.exceptions.ConnectionClosedByBroker)
        refused = isinstance(error, by_broker)
        if self._opened_once:
            if refused and error.reply_code in OVER_A_MESSAGE:
                self._refusal = f"{error.reply_code} {error.reply_text}"[:180]
        elif refused and error.reply_code in LACKS:
            self._lacking[self._name] = str(error.reply_text)[:300]
        else:
            self._lacking.pop(self._name, None)

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

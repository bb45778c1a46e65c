"""How a process of many threads is told to stop, by SIGTERM or Ctrl-C at whatever moment, and ends.

Three things can keep one for ever. A handler runs between two steps of the main thread and may want a lock which that
very thread holds (`Event.set` within `Event.wait`): so there is no handler, the signals wait until they are asked for.
The interpreter's own end may wait for a turn that a daemon thread, ended meanwhile, does not give back (gh-96387; the
shorter the switch interval the sooner): so that end is not gone through once all is written. And whatever else does not
end is watched: the process says where each thread stands, and ends.
"""

import faulthandler
import logging
import os
import signal
import sys
from typing import NoReturn

STOPS = frozenset((signal.SIGTERM, signal.SIGINT))


def hold_stops() -> None:
    """Let SIGTERM and SIGINT wait for `until_told`. In the main thread before it makes another: they inherit it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)


def until_told() -> None:
    """Return once the process was told to stop; at once if it was since `hold_stops`."""
    signal.sigwait(STOPS)


def at_the_latest(seconds: float) -> None:
    """End the process with 1 after `seconds`, wherever it stands: where each thread does is told on stderr first."""
    faulthandler.dump_traceback_later(seconds, exit=True)


def leave(clean: bool) -> NoReturn:
    """End this process now, with 0 when all was finished: what it logged and printed is written, and no more."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if clean else 1)

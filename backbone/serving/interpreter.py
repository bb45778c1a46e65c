"""How a process that works for the bus sets its interpreter."""

import gc
import sys


def prepare_process() -> None:
    """Set the interpreter for threads that share it and read events by the thousand (docs/performance.md).

    What was loaded stays until the process ends, so the collector stops walking through it. A thread that comes back
    from the network takes its turn after half a millisecond, not after the five that a busy one may keep by default.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    sys.setswitchinterval(0.0005)

"""A process whose machine's clock is not its database's says so: unready, a line in the log, a gauge (decision 26).

It judges nothing by that clock; but its logs lie, its certificates may be refused, and which of the two is wrong is to
be found out.
"""

import logging
from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from backbone.clock import Clock
from backbone.store.database_clock import DatabaseClock

MOST = 5.0  # seconds
log = logging.getLogger(__name__)


def skew_of(clock: Clock) -> float | None:
    """The seconds by which this process's machine is ahead of its database; None when nothing says so."""
    return clock.skew() if isinstance(clock, DatabaseClock) else None


def state(clock: Clock) -> str:
    """What readiness says of it: ok or away."""
    skew = skew_of(clock)
    if skew is None or abs(skew) <= MOST:
        return "ok"
    log.warning("not ready: this machine's clock is %+.1f s off its database's", skew)
    return "away"


class Skew(Collector):
    """The gauge of one process."""

    def __init__(self, service: str, clock: Clock) -> None:
        self._service, self._clock = service, clock

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """None where there is no other clock."""
        skew = skew_of(self._clock)
        if skew is not None:
            text = "Seconds by which the machine's clock is ahead of the database's."
            family = GaugeMetricFamily("espace_clock_skew_seconds", text, labels=["service"])
            family.add_metric([self._service], skew)
            yield family

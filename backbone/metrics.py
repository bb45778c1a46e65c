"""Counters of the bus, and gauges read from the database when somebody looks."""

import logging
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

PUBLISHED = Counter("espace_events_published", "Events confirmed by the bus.", ["service"])
CONSUMED = Counter("espace_events_consumed", "Events received, by what became of them.", ["service", "outcome"])
WAITS = Counter("espace_worker_waits", "Times a loop had to wait for something that was away.", ["service", "loop"])
REFUSALS = Counter("espace_refusals", "Requests refused, by code.", ["service", "code"])
DIFFERENCES = Counter("espace_sweep_differences", "What a sweep had to correct in derived state.", ["service"])
ASIDE = Counter("espace_rows_aside", "Rows that a job could not do and set aside.", ["service", "task"])
BUS_WAY = Gauge("espace_bus_way", "1 for the way to RabbitMQ that this process takes.", ["way"])
LAG = Histogram(
    "espace_answer_lag_seconds",
    "Time between what came in and the answer to it.",
    ["service"],
    buckets=(3600, *(days * 86400 for days in (0.25, 1, 2, 3, 6, 10, 15, 30))),
)
SECURITY = Counter("espace_security_lines", "Lines of the security log, by event.", ["service", "event"])


class CountLines(logging.Handler):
    """Counts the lines of the security log of `service`: alerts are about facts, and a fact is logged once."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def emit(self, record: logging.LogRecord) -> None:
        """One more of this event; its name is a word of the vocabulary, never what somebody typed."""
        SECURITY.labels(self._service, str(record.msg)).inc()


def consumed(service: str, outcome: Any) -> None:
    """Count the outcome of a batch."""
    for name in ("applied", "repeated", "failed", "parked"):
        CONSUMED.labels(service, name).inc(getattr(outcome, name))

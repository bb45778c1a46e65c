"""Counters of the bus, and gauges read from the database when somebody looks."""

from typing import Any

from prometheus_client import Counter

PUBLISHED = Counter("espace_events_published", "Events confirmed by the bus.", ["service"])
CONSUMED = Counter("espace_events_consumed", "Events received, by what became of them.", ["service", "outcome"])
WAITS = Counter("espace_worker_waits", "Times a loop had to wait for something that was away.", ["service", "loop"])
REFUSALS = Counter("espace_refusals", "Requests refused, by code.", ["service", "code"])
CLAIMS = Counter("espace_identifications_refused", "Accounts announced for an address not proved.", ["service"])


def consumed(service: str, outcome: Any) -> None:
    """Count the outcome of a batch."""
    for name in ("applied", "repeated", "failed", "parked"):
        CONSUMED.labels(service, name).inc(getattr(outcome, name))

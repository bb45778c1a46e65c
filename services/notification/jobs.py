"""The clock's way in: send what is due, order the digests of the day and the mails of the night, forget what is old.
Senders claim their rows, so no leader is needed for them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.jobs import Job
from services.notification.domain.orders import WAKE
from services.notification.settings import Settings
from services.notification.use_cases.order_digests import order_digests
from services.notification.use_cases.order_nights import order_nights
from services.notification.use_cases.order_notices import order_notices
from services.notification.use_cases.purge_deliveries import purge_deliveries
from services.notification.use_cases.purge_digests import purge_digests
from services.notification.use_cases.send_deliveries import EmailPost, SmsPost, send_deliveries


def send_emails(*, units: Callable[[], UnitOfWork], clock: Clock, post: EmailPost) -> int:
    """Send the e-mails that are due."""
    return send_deliveries(post, units=units, clock=clock)


def send_sms(*, units: Callable[[], UnitOfWork], clock: Clock, post: SmsPost) -> int:
    """Send the SMS that are due; apart from e-mails, so that neither waits for the other's server."""
    return send_deliveries(post, units=units, clock=clock)


def purge(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings) -> int:
    """Forget old deliveries."""
    kept = timedelta(days=settings.delivery_days)
    return purge_deliveries(kept, units=units, clock=clock)


def with_senders(jobs: Mapping[str, Job], senders: int) -> dict[str, Job]:
    """`jobs` with that many senders of e-mails in each worker. SMS have one: doubt is not multiplied."""
    return {**jobs, "send_emails": replace(jobs["send_emails"], threads=senders)}


JOBS = {
    "send_emails": Job(timedelta(seconds=5), send_emails, wake=WAKE, leader=False),
    "send_sms": Job(timedelta(seconds=5), send_sms, wake=WAKE, leader=False),
    "order_digests": Job(timedelta(minutes=1), order_digests),
    "order_nights": Job(timedelta(minutes=1), order_nights),
    "order_notices": Job(timedelta(minutes=1), order_notices),
    "purge_digests": Job(timedelta(hours=24), purge_digests),
    "purge_deliveries": Job(timedelta(hours=24), purge),
}

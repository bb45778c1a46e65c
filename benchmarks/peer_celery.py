"""The same consumer as a Celery task: a transaction for each event, acknowledged after it."""

import os

import psycopg
from celery import Celery

from benchmarks import bare

app = Celery("peer", broker=os.environ.get("PEER_BROKER", "memory://"))
app.conf.update(
    task_acks_late=True,
    worker_prefetch_multiplier=100,
    broker_transport_options={"confirm_publish": True},
    task_ignore_result=True,
    task_default_queue="celery-peer",
    worker_hijack_root_logger=False,
)
_connection: list[psycopg.Connection] = []


@app.task(name="peer.moved")
def moved(id_: str, body: str) -> None:
    """Inbox and projection of one event."""
    if not _connection:
        _connection.append(psycopg.connect(os.environ["PEER_DSN"], autocommit=True))
    bare.apply(_connection[0], [(0, id_, body.encode())])

"""What an event costs when the tables already hold a thousand or a million rows, and what purging costs."""

import time
from datetime import timedelta
from statistics import median

from backbone.clock import SystemClock
from backbone.shape.housekeeping import purge_inbox
from backbone.store.engines import make_engine
from benchmarks import ours
from benchmarks.world import World, fill_outbox

INBOX = """INSERT INTO inbox (id, source, type, received_at, applied_at)
    SELECT (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - 90 * 86400000::bigint + n), 12, '0') || '7000'
            || '8' || substr(md5(n::text), 1, 15))::uuid, 'bench', 'bench.moved.v1',
           now() - interval '90 days', now() - interval '90 days' FROM generate_series(1, {count}) AS n"""
OUTBOX = """INSERT INTO outbox (id, type, headers, body, recorded_at)
    SELECT gen_random_uuid(), 'bench.moved.v1', headers, body, now()
    FROM (SELECT headers, body FROM outbox LIMIT 1) AS one, generate_series(1, {count})"""


def measure(world: World, rows: int, events: int, rounds: int) -> dict[str, float]:
    """Events a second through relay and consumer with `rows` already there, and rows a second purged: medians."""
    found = [_measure(world, rows, events) for _ in range(rounds)]
    return {"rows": rows} | {name: median(one[name] for one in found) for name in ("relay", "consume", "purge")}


def _measure(world: World, rows: int, events: int) -> dict[str, float]:
    world.clean()
    world.sql(INBOX.format(count=rows), "VACUUM ANALYZE inbox")
    fill_outbox(world, events)
    world.sql(OUTBOX.format(count=rows), "VACUUM ANALYZE outbox", "CHECKPOINT")
    relayed = ours.relay(world, events)
    world.sql("TRUNCATE outbox")
    consumed = ours.consume(world, events)
    return {"relay": relayed, "consume": consumed, "purge": purge(world)}


def purge(world: World) -> float:
    """Rows a second that the housekeeping job forgets."""
    engine, before = make_engine(world.url), SystemClock().now() - timedelta(days=30)
    begun, gone = time.perf_counter(), 0
    while True:
        with engine.begin() as connection:
            count = purge_inbox(connection, before)
        gone += count
        if count < 10_000 or gone >= 100_000:
            break
    engine.dispose()
    return gone / (time.perf_counter() - begun)

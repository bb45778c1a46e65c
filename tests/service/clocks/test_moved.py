"""One wrong clock hurts nobody: each service's database judges its times. Real processes, clocks moved from outside."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from backbone.clock import paris_day
from backbone.ids import new_id
from backbone.sealing import Sealer
from contracts.events import identity
from services.delegation.storage.tables import delegations
from services.notification.storage.tables import delivery
from tests.service.clocks.conftest import Moved
from tests.service.delegation.world import Company
from tests.service.together.system import PUBLIC
from tests.support.ports import eventually
from tests.support.processes import Child

pytestmark = [pytest.mark.postgresql, pytest.mark.timeout(400)]
HOUR = 3600
RESETS, CODES = 30, 12


def up(*processes: Child) -> None:
    """Wait until each answers on its management port, ready or not."""
    for process in processes:
        eventually(process.status, limit=40, state=process.tail)


def test_a_worker_an_hour_ahead_ends_no_message_too_early(beside: Moved) -> None:
    ahead, right = beside.worker("notification", HOUR), beside.worker("notification")
    up(ahead, right)
    under, sealer = beside.together.services["notification"], Sealer(PUBLIC)

    def order(card: Any, secret: str, until: timedelta, **changes: Any) -> None:
        sealed = {"sealed": sealer.seal({secret: "482917"}), "expires_at": beside.clock.now() + until}
        under.deliver(card, {**card.load(card.example), **sealed, **changes}, twice=False)

    for number in range(RESETS):
        at = timedelta(minutes=30)
        order(identity.PASSWORD_RESET_REQUESTED, "token", at, request_id=new_id(), email=f"a{number}@example.com")
    for _ in range(CODES):
        order(identity.MOBILE_CODE_ISSUED, "code", timedelta(minutes=10), code_id=new_id())

    def statuses() -> list[str]:
        with under.engine.connect() as connection:
            return list(connection.execute(sa.select(delivery.c.status)).scalars())

    eventually(lambda: not {"a_envoyer", "en_cours"} & set(statuses()), limit=60, what=right.tail())
    assert statuses() == ["envoye"] * (RESETS + CODES)
    assert (ahead.status(), right.status()) == (503, 200)


def test_a_delegation_ends_when_its_day_is_over_not_when_a_worker_says_so(beside: Moved) -> None:
    world, today = beside.together.world, paris_day(beside.clock.now())
    company: Company = world.company()
    id = company.confirmed(starts_on=today.isoformat(), ends_on=today.isoformat())
    worker = beside.worker("delegation", 26 * HOUR)
    up(worker)
    run = sa.text("SELECT finished_at FROM job_runs WHERE name = 'close_ended_delegations'")
    eventually(lambda: world.scalar(run), limit=60, what=worker.tail())  # type: ignore[arg-type]
    query = sa.select(delegations.c.closed_at).where(delegations.c.id == UUID(id))
    assert (world.scalar(query), company.see(id).json["statut"]) == (None, "Actif")
    assert worker.status() == 503


def test_a_dead_link_stays_dead_two_hours_behind(beside: Moved) -> None:
    together = beside.together
    together.founded("patron1@example.com")
    now = beside.clock.now()
    beside.clock.set(now - timedelta(minutes=90))
    together.post("/password-resets", {"email": "patron1@example.com"})
    together.settle()
    token = {"token": together.link("password_reset", "patron1@example.com")}
    assert together.post("/password-resets/lookup", token).status == 200
    beside.clock.set(now)
    dead = together.post("/password-resets/lookup", token).status
    process, url = beside.api("identity", -2 * HOUR)
    up(process)
    assert dead in (404, 410)
    assert httpx.post(f"{url}/v1/password-resets/lookup", json=token, timeout=30).status_code == dead


def test_ten_seconds_of_one_clock_refuse_nobody_and_are_said(beside: Moved) -> None:
    together = beside.together
    adherent, _ = together.founded("patron1@example.com")
    process, url = beside.api("identity", 10)
    up(process)
    body = {"email": "patron1@example.com", "mot_de_passe": "Vélo-grimpe 7 cols"}
    token = httpx.post(f"{url}/v1/sessions", json=body, timeout=30).json()["access_token"]
    assert together.delegation.get(f"/v1/adherents/{adherent}", token=token).status == 200
    answer = httpx.get(process.ready_url, timeout=30)
    assert (answer.status_code, answer.json()["clock"]) == (503, "away")
    metrics = httpx.get(process.ready_url.replace("readyz", "metrics"), timeout=30).text
    (line,) = [one for one in metrics.splitlines() if one.startswith('espace_clock_skew_seconds{service="identity"}')]
    assert 8 < float(line.split()[1]) < 12
    assert "clock" in process.tail()

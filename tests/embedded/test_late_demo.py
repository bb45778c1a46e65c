"""The demonstration shows an alert that was put right, also where dsn judges its sites long after it heard of them."""

import threading
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.clock import paris_day
from embedded.demo import Demo
from embedded.demo_data import WITNESS, period, site_of_durand
from embedded.demo_dsn import LATE
from embedded.folder import Folder
from embedded.system import System
from services.dsn.jobs import JOBS
from services.dsn.storage.tables import alert, alert_event, site

ENDED = (
    sa.select(alert_event.c.resolution)
    .join(alert, alert.c.alert_id == alert_event.c.alert_id)
    .join(site, site.c.site_id == alert.c.site_id)
    .where(site.c.siret == sa.bindparam("siret"), alert.c.period == sa.bindparam("period"))
    .where(alert_event.c.resolution.is_not(None))
)
JUDGES = "evaluate_due_sites"


def test_what_comes_late_in_it_comes_after_its_alert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judging, declare, job = threading.Event(), Demo._declare, JOBS[JUDGES]

    @wraps(job.run)
    def late(**bound: Any) -> int:
        judging.wait(60)
        return job.run(**bound)

    def declare_meanwhile(demo: Demo) -> None:
        threading.Timer(1, judging.set).start()  # dsn is busy with others when the declarations are about to leave
        declare(demo)

    monkeypatch.setitem(JOBS, JUDGES, replace(job, run=late))
    monkeypatch.setattr(Demo, "_declare", declare_meanwhile)
    folder = Folder(tmp_path / "var")
    folder.take()
    system = System(folder, "http://127.0.0.1:8080")
    system.start()
    try:
        Demo(system, folder).load()
        told = {"siret": site_of_durand(WITNESS), "period": period(paris_day(system.services["dsn"].clock.now()), LATE)}
        with system.services["dsn"].engine.connect() as connection:
            assert connection.scalars(ENDED, told).all() == ["RECEIVED"]
    finally:
        assert system.stop()
        folder.release()

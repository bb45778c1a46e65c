"""`python -m tests.oracle.worker worker dsn`: dsn's processes on the clock of the run, without the sweep.

The sweep would correct what a wake-up missed, and nobody would see it.
"""

import os
from pathlib import Path

from backbone import __main__ as processes
from backbone.serving import logs
from backbone.shape.service import Service
from services.dsn import app
from tests.oracle.lived_clock import LivedClock


def load(name: str) -> Service:
    """dsn, from the environment."""
    settings = app.Settings.load()
    logs.configure(name, settings.log_level)
    app.JOBS = {name: job for name, job in app.JOBS.items() if name != "sweep"}
    return app.build(settings, clock=LivedClock(Path(os.environ["ORACLE_CLOCK"])))


if __name__ == "__main__":
    processes.load = load
    processes.run(processes.main)

"""What holds for all tests: hypothesis profiles, and a last word on the servers used and on what was not run."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytest_timeout import pytest_timeout_set_timer as usual_timer

from tests.support import servers
from tests.support.ports import patience
from tests.support.provided import reason_of, skip_what_lacks

settings.register_profile("ci", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium: one for the process, since Playwright refuses to run twice in a thread."""
    from tests.support.browser import chromium

    with chromium() as running:
        yield running


def pytest_configure(config: pytest.Config) -> None:
    """Name the run: its containers bear the name."""
    servers.begin(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no container behind."""
    servers.end(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run. What may take long comes first: last, one process would do it alone."""
    skip_what_lacks(items)
    items.sort(key=_limit, reverse=True)


def _limit(item: pytest.Item) -> float:
    """The limit that a test asks for itself, which says that it is long; 0 for the others."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker and marker.args else 0.0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which servers were used, and loudly what was not run: a skip must not look like a pass."""
    if servers.used:
        terminalreporter.line(f"servers: {', '.join(sorted(servers.used))}")
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section(f"NOT RUN ON THIS MACHINE: {len(skipped)}", red=True, bold=True)
        for reason, count in Counter(map(reason_of, skipped)).most_common():
            terminalreporter.line(f"{count:5} {reason}")


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> object:
    """The limit of a test is for an idle machine, too: a hung test ends, a slow machine fails none."""
    return usual_timer(item, settings._replace(timeout=settings.timeout * patience()))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker of xdist which servers it used."""
    servers.used.update(getattr(node, "workeroutput", {}).get("servers", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which nothing passed is not a success, however little failed."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["servers"] = sorted(servers.used)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    collecting = session.config.option.collectonly or hasattr(session.config, "workerinput")
    if exitstatus == pytest.ExitCode.OK and reporter and not collecting and not reporter.stats.get("passed"):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED

"""What this machine provides for tests. What lacks is skipped with a reason, and counted loudly at the end."""

from functools import cache
from pathlib import Path

import pytest

from tests.support import servers
from tests.upgrade.releases import before, there

# One engine, two programs. The shell makes no window, no profile and no frame of a browser around a page: it computes a
# third of what the other does for a new page.
CHROMIUMS = (Path("/usr/lib/chromium/chromium-headless-shell"), Path("/usr/bin/chromium"))
NEEDS = {
    "postgresql": ("postgres", "no engine has PostgreSQL, nor is postgresql installed, or SERVERS forbids it"),
    "rabbitmq": ("rabbitmq", "no engine has RabbitMQ, nor is rabbitmq-server installed, or SERVERS forbids it"),
    "browser": ("browser", "Chromium is not installed (apt-get install chromium-headless-shell)"),
    "clamd": ("clamd", "ClamAV is not installed (apt-get install clamav-daemon)"),
    "compose": ("container_engine", "no container engine answers (docker info)"),
    "history": ("version_before", "the history lacks the version before (deploy/releases.toml): clone it whole"),
}


@cache
def provided(need: str) -> bool:
    """Whether `need` can be had here."""
    if need in servers.IMAGES:
        return bool(servers.source(need))
    if need == "browser":
        return any(path.exists() for path in CHROMIUMS)
    if need == "clamd":
        return Path("/usr/sbin/clamd").exists()
    if need == "history":
        return there(before().commit)
    return servers.engine_answers()


def skip_what_lacks(items: list[pytest.Item]) -> None:
    """Skip each test that needs, by a mark or a fixture, what is not there."""
    for item in items:
        for need, (fixture, reason) in NEEDS.items():
            if item.get_closest_marker(need) or fixture in getattr(item, "fixturenames", ()):
                if not provided(need):
                    item.add_marker(pytest.mark.skip(reason=reason))


def reason_of(report: pytest.TestReport) -> str:
    """Why a test was not run."""
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")

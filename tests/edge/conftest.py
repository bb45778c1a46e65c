"""The edge without containers: Debian's nginx, started by the very start.sh of the image, on the loopback."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from contracts.words.services import SERVICES
from tests.edge.upstream import Upstream
from tests.support.ports import eventually, free_port, patience

ROOT = Path(__file__).parents[2]


@dataclass
class Edge:
    """One running nginx and what stands behind it."""

    url: str
    port: int
    folder: Path
    gateway: Upstream
    service: Upstream
    client: httpx.Client

    def log(self) -> str:
        """Everything it wrote: access and errors."""
        return (self.folder / "output.log").read_text()


@pytest.fixture
def upstreams() -> Iterator[tuple[Upstream, Upstream]]:
    """The gateway, and all services in one."""
    gateway, service = Upstream(), Upstream()
    gateway.start()
    service.start()
    yield gateway, service
    gateway.stop()
    service.stop()


@pytest.fixture
def start_edge(upstreams: tuple[Upstream, Upstream], tmp_path: Path) -> Iterator[Callable[..., Edge]]:
    """Start an edge with settings of its own."""
    if not shutil.which("nginx"):
        pytest.skip("no nginx on this machine: apt-get install nginx")
    running: list[subprocess.Popen[bytes]] = []
    gateway, service = upstreams

    def start(**settings: str) -> Edge:
        port = free_port()
        environment = _environment(tmp_path, port, gateway, service) | settings
        with (tmp_path / "output.log").open("wb") as output:
            words = ["bash", str(ROOT / "deploy/nginx/start.sh")]
            running.append(subprocess.Popen(words, env=environment, stdout=output, stderr=output))
        url = f"http://127.0.0.1:{port}"
        edge = Edge(url, port, tmp_path, gateway, service, httpx.Client(base_url=url, timeout=30, trust_env=False))
        eventually(lambda: _answers(edge), what="nginx did not start")
        gateway.reached.clear()
        return edge

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.wait(30 * patience())


@pytest.fixture
def edge(start_edge: Callable[..., Edge]) -> Edge:
    """An edge as it is deployed, with room for a test's requests."""
    return start_edge(EDGE_RATE="1000", EDGE_BURST="1000", EDGE_GUESS_RATE="500", EDGE_GUESS_BURST="500")


def _environment(folder: Path, port: int, gateway: Upstream, service: Upstream) -> dict[str, str]:
    home, run = ROOT / "deploy/nginx", folder / "run"
    run.mkdir()
    addresses = {f"{name.upper()}_ADDRESS": f"127.0.0.1:{service.port}" for name in SERVICES}
    return {
        "PATH": f"{os.environ['PATH']}:/usr/sbin",
        "EDGE_HOME": str(home),
        "EDGE_RUN": str(run),
        "EDGE_SPOOL": str(run),
        "EDGE_STATIC": str(ROOT / "gateway"),
        "EDGE_LISTEN": f"127.0.0.1:{port}",
        "EDGE_HEALTH_PORT": str(free_port()),
        "EDGE_RESOLVER": "127.0.0.1",
        "EDGE_WORKERS": "1",
        "EDGE_MAIN": "user root;" if os.geteuid() == 0 else "",
        "GATEWAY_ADDRESS": f"127.0.0.1:{gateway.port}",
        **addresses,
    }


def _answers(edge: Edge) -> bool:
    try:
        return edge.client.get("/static/favicon.svg").status_code == 200
    except httpx.TransportError:
        return False

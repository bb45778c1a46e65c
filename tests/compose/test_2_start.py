"""The stack from cold, and how each container is held: network, user, file system, limits, least privilege."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from contracts import REGISTRY
from tests.compose.conftest import Cold
from tests.support import trespass
from tests.support.compose import COLD_START, SERVICES, Compose
from tests.support.operations import covers
from tests.support.ports import eventually


def test_it_is_up_from_cold_in_time(cold: Cold) -> None:
    states = {one["Service"]: (one["State"], one["Health"]) for one in cold.stack.containers()}
    jobs = {f"{service}-migrate" for service in SERVICES}
    assert {name for name, state in states.items() if state != ("running", "healthy")} == jobs
    assert all(one["ExitCode"] == 0 for one in cold.stack.containers())
    if cold.seconds >= COLD_START and cold.load > (os.cpu_count() or 1):
        pytest.skip(f"the machine was busy (load {cold.load:.0f}): {cold.seconds:.0f} s from cold say nothing")
    assert cold.seconds < COLD_START


def test_every_container_is_unprivileged_read_only_and_limited(stack: Compose) -> None:
    for one in _inspected(stack):
        host = one["HostConfig"]
        name = one["Name"]
        assert one["Config"]["User"] == "10001:10001", name
        assert host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"] and not host["CapAdd"], name
        assert "no-new-privileges:true" in host["SecurityOpt"] and not host["Privileged"], name
        assert 0 < host["Memory"] <= 2**30 and 0 < host["PidsLimit"] <= 400, name


def test_only_the_edge_is_published_and_on_the_loopback_alone(stack: Compose) -> None:
    published = {}
    for one in _inspected(stack):
        service = one["Config"]["Labels"]["com.docker.compose.service"]
        for bindings in (one["HostConfig"]["PortBindings"] or {}).values():
            published.setdefault(service, set()).update(binding["HostIp"] for binding in bindings)
    assert published == {"edge": {"127.0.0.1"}}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_and_writes_its_rows_and_nothing_else(stack: Compose, service: str) -> None:
    other = "dsn" if service != "dsn" else "contact"
    assert _sql(stack, service, service, "SELECT count(*) FROM outbox").strip().isdigit()
    for statement in ("CREATE TABLE x (y int)", "DROP TABLE outbox", "ALTER TABLE outbox ADD z int"):
        assert "denied" in _sql(stack, service, service, statement) or "owner" in _sql(
            stack, service, service, statement
        )
    assert "permission denied for database" in _sql(stack, service, other, "SELECT 1")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_s_account_on_the_broker_can_do_its_part_and_nothing_else(stack: Compose, service: str) -> None:
    other = "dsn" if service != "dsn" else "contact"
    produced = {name: [card.type for card in REGISTRY.produced_by(name)] for name in SERVICES}
    others = next(types[0] for name, types in produced.items() if name != service and types)
    words = [service, other, next(iter(produced[service]), "nothing.of.its.own"), others]
    url = stack.execute(f"{service}-worker", "cat", "/run/secrets/broker_url").strip()
    source = Path(trespass.__file__).read_text()
    done = json.loads(stack.execute(f"{service}-worker", "python", "-c", source, url, *words))
    assert len(done) > 25
    assert {name: code for name, code in done.items() if code != trespass.REFUSED} == {}
    stack.execute(f"{service}-worker", "entrypoint.sh", "dead", "list")


@covers("scripts/import_definitions.sh")
def test_the_definitions_are_imported_on_the_broker_that_runs(stack: Compose) -> None:
    """What an upgrade begins with, and ends with (docs/operations.md)."""
    before = stack.execute("rabbitmq", "rabbitmqctl", "--quiet", "list_permissions")
    stack.shell("scripts/import_definitions.sh")
    assert stack.execute("rabbitmq", "rabbitmqctl", "--quiet", "list_permissions") == before


def test_a_queue_that_lacks_makes_its_worker_unready_and_the_definitions_bring_it_back(stack: Compose) -> None:
    stack.execute("rabbitmq", "rabbitmqctl", "delete_queue", "contact")
    ask = "exec 3<>/dev/tcp/127.0.0.1/9000; printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"

    def readiness() -> str:
        return stack.execute("contact-worker", "bash", "-c", ask)

    eventually(lambda: "503" in (said := readiness()) and "no queue 'contact'" in said, limit=30, every=0.5)
    stack.shell("scripts/import_definitions.sh")
    eventually(lambda: "200 OK" in readiness(), limit=30, every=0.5)


def test_the_stores_are_not_on_the_network_of_the_edge(stack: Compose) -> None:
    for host, port in (("postgres", 5432), ("rabbitmq", 5672), ("rabbitmq", 15672)):
        probe = f"exec 3<>/dev/tcp/{host}/{port} && echo reached"
        assert "reached" not in stack.execute("edge", "bash", "-c", probe, check=False)


def test_readiness_turns_before_the_socket_closes(stack: Compose) -> None:
    """FA23: SIGTERM, then 503 on the management port while requests are still served, then the end, status 0."""
    ask = "exec 3<>/dev/tcp/127.0.0.1/%s; printf 'GET %s HTTP/1.0\\r\\n\\r\\n' >&3; head -1 <&3"
    ready = ("bash", "-c", ask % (9000, "/readyz"))
    serve = ("bash", "-c", ask % (8000, "/v1/account"))
    assert "200" in stack.execute("identity-api", *ready)
    stack.run("kill", "--signal", "SIGTERM", "identity-api")
    assert "503" in stack.execute("identity-api", *ready)
    assert "401" in stack.execute("identity-api", *serve)
    eventually(lambda: not _state(stack, "identity-api")["Running"], limit=45, every=0.5)
    assert _state(stack, "identity-api")["ExitCode"] == 0
    stack.up("identity-api")


def test_logs_are_json_lines_without_personal_data(stack: Compose) -> None:
    for service in ("identity-api", "delegation-worker", "gateway"):
        for one in stack.containers(service):
            written = subprocess.run(["docker", "logs", one["ID"]], capture_output=True, text=True, check=True)
            for line in (written.stdout + written.stderr).splitlines():
                assert json.loads(line)["service"] == service.split("-")[0]
                assert "@example.com" not in line


def _inspected(stack: Compose) -> list[dict[str, object]]:
    ids = [one["ID"] for one in stack.containers()]
    return list(json.loads(subprocess.run(["docker", "inspect", *ids], capture_output=True, check=True).stdout))


def _state(stack: Compose, service: str) -> dict[str, object]:
    id_ = stack.containers(service)[0]["ID"]
    return dict(json.loads(subprocess.run(["docker", "inspect", id_], capture_output=True).stdout)[0]["State"])


def _sql(stack: Compose, service: str, database: str, statement: str) -> str:
    """What PostgreSQL answers to `service`, with its own password, from its own container."""
    script = (
        "import psycopg; url = open('/run/secrets/database_url').read().replace('+psycopg', '');"
        f"c = psycopg.connect(url.rsplit('/', 1)[0] + '/{database}'); print(c.execute('{statement}').fetchone()[0])"
    )
    return stack.execute(f"{service}-worker", "bash", "-c", f'python -c "{script}" 2>&1 || true')

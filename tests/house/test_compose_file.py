"""The compose file: health, user, read-only, limits and networks of every service; every process of entrypoint.sh.

What holds on a real engine is in tests/compose; this reads the file, on any machine.
"""

import re
from typing import Any

import pytest
import yaml

from scripts.make_secrets import SERVICES
from tests.house.sources import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, Any] = COMPOSE["services"]
DEPLOYED = ("nginx", "postgres", "rabbitmq", "clamav", "smsc")
PROCESSES = tuple("api worker migrate health parked replay outbox dead ask announce verify reconcile config".split())


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_is_unprivileged_read_only_and_limited(name: str) -> None:
    one = CONTAINERS[name]
    assert one["user"].split(":")[0] == "10001"
    assert one["read_only"] is True and one["cap_drop"] == ["ALL"] and "cap_add" not in one
    assert one["security_opt"] == ["no-new-privileges:true"] and "privileged" not in one
    assert one["mem_limit"] and one["pids_limit"] and one["stop_grace_period"] and one["init"] is True
    assert one["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_says_how_it_is_or_ends_by_itself(name: str) -> None:
    one = CONTAINERS[name]
    if one["restart"] == "no":
        assert one["command"] == ["migrate"] and one["healthcheck"] == {"disable": True}
    else:
        assert one["restart"] == "unless-stopped" and one["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", CONTAINERS)
def test_only_the_edge_is_published_and_on_the_loopback_by_default(name: str) -> None:
    ports = CONTAINERS[name].get("ports", [])
    assert bool(ports) is (name == "edge")
    assert all(port.startswith(("${BIND:-127.0.0.1}:", "127.0.0.1:")) for port in ports)


def test_the_networks_of_services_and_stores_have_no_way_out() -> None:
    assert {name for name, net in COMPOSE["networks"].items() if net.get("internal")} == {"app", "data"}
    assert [name for name, one in CONTAINERS.items() if "edge" in one["networks"]] == ["edge"]
    assert {name for name, one in CONTAINERS.items() if one["networks"] == ["data"]} == {
        "postgres",
        "rabbitmq",
        "clamav",
        *(f"{service}-migrate" for service in SERVICES),
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_an_api_a_worker_and_a_migration_before_them(service: str) -> None:
    for role in ("api", "worker"):
        before = CONTAINERS[f"{service}-{role}"]["depends_on"]
        assert before[f"{service}-migrate"] == {"condition": "service_completed_successfully"}
    assert CONTAINERS[f"{service}-worker"]["command"] == ["worker"]
    assert CONTAINERS[f"{service}-migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    images = {CONTAINERS[f"{service}-{role}"]["image"] for role in ("api", "worker", "migrate")}
    assert images == {f"${{IMAGES:-espace}}/{service}:${{VERSION:-local}}"}


@pytest.mark.parametrize("service", SERVICES)
def test_only_the_migration_holds_the_owner_of_the_database(service: str) -> None:
    for role in ("api", "worker", "migrate"):
        sources = {one if isinstance(one, str) else one["source"] for one in CONTAINERS[f"{service}-{role}"]["secrets"]}
        assert (f"{service}_owner_database_url" in sources) is (role == "migrate")
        assert (f"{service}_database_url" in sources) is (role != "migrate")
        assert not {name for name in sources for other in SERVICES if other != service and name.startswith(f"{other}_")}


def test_no_secret_is_a_value() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert all(one["file"].startswith("${SECRETS:-./secrets}/") for one in COMPOSE["secrets"].values())
    given = re.findall(r"(ESPACE_\w*(?:URL|KEY|KEYS|PASSWORD|CLIENTS)_FILE)\s*[:=]\s*(\S+)", text)
    assert given and all(value.startswith("/run/secrets/") for _, value in given)


def test_entrypoint_has_every_process() -> None:
    script = (ROOT / "entrypoint.sh").read_text()
    named = set(re.findall(r"^ {2}([a-z| ]+)\)$", script, re.MULTILINE))
    assert {word.strip() for words in named for word in words.split("|")} == set(PROCESSES)
    for process in PROCESSES:
        assert re.search(rf"^# +{process} ", script, re.MULTILINE), f"{process} is not explained"
    used = {word for one in CONTAINERS.values() for word in one.get("command", []) if one["image"].count("/") == 1}
    assert used & set(PROCESSES) == {"worker", "migrate"}  # api is the image's own word


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+):-", (ROOT / "docker-compose.yml").read_text()))
    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert used - explained == {"HEALTH_INTERVAL", "STORE_HEALTH_INTERVAL"}  # of the tests
    assert explained <= used


def test_the_dockerfile_needs_nothing_that_cannot_be_pulled() -> None:
    for path in ("Dockerfile", *(f"deploy/{name}/Dockerfile" for name in DEPLOYED)):
        text = (ROOT / path).read_text()
        assert "# syntax=" not in text and "USER 10001:10001" in text, path

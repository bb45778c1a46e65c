"""Manifests, alerts and dashboards, without a cluster: valid, complete, and about metrics that exist."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from scripts.make_secrets import SERVICES
from tests.house.sources import ROOT
from tests.support.ports import patience

KUBERNETES = ROOT / "deploy/kubernetes"
MANIFESTS = sorted(
    path for path in KUBERNETES.rglob("*.yaml") if path.name != "kustomization.yaml" and "example" not in path.name
)

ALERT_CASES = sorted((ROOT / "deploy/prometheus").glob("alerts*_test.yml"))


def documents(text: str) -> list[dict[str, Any]]:
    """The manifests of a file."""
    return [one for one in yaml.safe_load_all(text) if one]


def rendered() -> list[dict[str, Any]]:
    """Everything, as kustomize makes it; what is in the files where there is no kubectl."""
    if shutil.which("kubectl"):
        done = subprocess.run(
            ["kubectl", "kustomize", str(KUBERNETES)], capture_output=True, text=True, timeout=60 * patience()
        )
        assert done.returncode == 0, done.stderr
        return documents(done.stdout)
    return [one for path in MANIFESTS for one in documents(path.read_text())]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: str(path.relative_to(KUBERNETES)))
def test_every_manifest_is_valid(path: Path) -> None:
    for one in documents(path.read_text()):
        kubernetes_validate.validate(one, "1.32", strict=True)


def test_what_kustomize_makes_is_valid_and_whole() -> None:
    if not shutil.which("kubectl"):
        pytest.skip("no kubectl on this machine")
    everything = rendered()
    for one in everything:
        kubernetes_validate.validate(one, "1.32", strict=True)
    named = {(one["kind"], one["metadata"]["name"]) for one in everything}
    for service in SERVICES:
        assert {("Deployment", f"{service}-api"), ("Deployment", f"{service}-worker")} <= named
        assert {("Job", f"{service}-migrate"), ("Service", f"{service}-api")} <= named
        assert {("PodDisruptionBudget", f"{service}-{role}") for role in ("api", "worker")} <= named


def test_every_container_of_a_pod_is_unprivileged_read_only_limited_and_asked() -> None:
    for one in rendered():
        if one["kind"] not in ("Deployment", "Job"):
            continue
        pod = one["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsUser"] == 10001 and pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            context = container["securityContext"]
            assert context["readOnlyRootFilesystem"] and context["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            assert one["kind"] == "Job" or {"livenessProbe", "readinessProbe"} <= container.keys()


def metrics() -> set[str]:
    """The metrics of our processes."""
    files = [ROOT / f"backbone/{name}.py" for name in ("metrics", "serving/management", "serving/skew")]
    files += ROOT.glob("services/*/queries/measures.py")
    return {name for file in files for name in re.findall(r'"(espace_\w+)"', file.read_text())}


def test_alerts_and_dashboards_speak_of_metrics_that_exist() -> None:
    known = metrics() | {f"{name}_{end}" for name in metrics() for end in ("total", "bucket")}
    alerts = (ROOT / "deploy/prometheus/alerts.yml").read_text()
    board = (ROOT / "deploy/grafana/espace.json").read_text()
    used = set(re.findall(r"\bespace_\w+", alerts + board))
    assert used and used <= known
    assert len(json.loads(board)["panels"]) >= 8


def test_every_metric_is_told_to_an_operator() -> None:
    told = "".join(
        (ROOT / path).read_text()
        for path in ("deploy/prometheus/alerts.yml", "deploy/grafana/espace.json", "docs/operations.md")
    )
    unseen = sorted(one for one in metrics() if one not in told)
    assert not unseen, f"{unseen}: an alert, a panel or a line of docs/operations.md."


def test_every_alert_is_seen_to_fire() -> None:
    groups = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"]
    cases = [case for file in ALERT_CASES for case in yaml.safe_load(file.read_text())["tests"]]
    fired = {one["alertname"] for case in cases for one in case["alert_rule_test"] if one.get("exp_alerts")}
    silent = sorted({rule["alert"] for group in groups for rule in group["rules"]} - fired)
    assert not silent, f"{silent}: let it fire in deploy/prometheus/alerts_test.yml (or _slow_)."


def test_every_alert_leads_to_a_heading_of_the_runbook() -> None:
    text = (ROOT / "docs/operations.md").read_text()
    headings = {re.sub(r"[^a-z0-9 -]", "", line.lower()).strip().replace(" ", "-") for line in _headings(text)}
    groups = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"]
    for rule in (rule for group in groups for rule in group["rules"]):
        assert rule["annotations"]["runbook"] in headings, rule["alert"]


def test_prometheus_watches_every_process() -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    watched = set(config["scrape_configs"][0]["dns_sd_configs"][0]["names"])
    assert watched == {"gateway"} | {f"{service}-{role}" for service in SERVICES for role in ("api", "worker")}


def test_the_alert_rules_fire_when_they_should() -> None:
    if not shutil.which("promtool"):
        pytest.skip("no promtool on this machine: apt-get install prometheus")
    words = ["promtool", "test", "rules", *(file.name for file in ALERT_CASES)]
    done = subprocess.run(
        words, cwd=ROOT / "deploy/prometheus", capture_output=True, text=True, timeout=60 * patience()
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _headings(text: str) -> list[str]:
    return [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]

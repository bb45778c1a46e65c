"""docs/performance.md and its plot, from the figures of one run."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

SHARED = " Other work ran beside it: no figure here is a limit of the code; run it again on an idle machine."
DOCS = Path(__file__).parents[1] / "docs"
DSN_PART = "## DSN"  # written by benchmarks.dsn
# What other measures write, at the end of the page.
OTHERS = ("## Delegation", "## Login", "## Lists of sites", "## Pages", DSN_PART)


def versions() -> str:
    """What was measured, on what."""
    names = ("pika", "psycopg", "SQLAlchemy", "marshmallow", "celery", "faststream")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    rabbit = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "rabbitmq-server"], capture_output=True, text=True)
    postgres = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "postgresql"], capture_output=True, text=True)
    load = Path("/proc/loadavg").read_text().split()[0]
    return (
        f"Python {platform.python_version()}, RabbitMQ {rabbit.stdout}, PostgreSQL {postgres.stdout}, {libraries}. "
        f"Load average of the machine when it began: {load}." + (SHARED if float(load) > 1 else "")
    )


def markdown(found: dict[str, Any], about: str) -> str:
    """The page."""
    rows = [
        ("publish with confirms", "publish"),
        ("outbox relay", "relay"),
        ("consume + inbox + projection", "consume"),
    ]
    lines = [
        "# Performance",
        f"Written by `python -m benchmarks` on {datetime.now(UTC):%d/%m/%Y}. {about}",
        "Durable quorum queue, `fsync` on, events of 600 bytes, medians of "
        f"{found['rounds']} rounds of {found['events']} events; everything on one machine of two cores, ours and the "
        "bare limit in turn in the same run: read the ratios, the absolute figures depend on the machine.",
        "",
        "## Throughput (events a second)",
        "",
        "| step | ours (backbone API) | bare limit (raw frames, set SQL) | ratio | one at a time | ours / single |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for label, name in rows:
        ours, bare, single = found["ours"][name], found["bare"][name], found["single"].get(name)
        alone = (f"{single:,.0f}", f"{ours / single:.1f}") if single else ("–", "–")
        lines.append(f"| {label} | {ours:,.0f} | {bare:,.0f} | {ours / bare:.2f} | {alone[0]} | {alone[1]} |")
    lines += ["", "## Other frameworks (no outbox, a transaction for each message)", ""]
    lines += ["| framework | publish | drain | our consumer / its drain |", "| --- | --- | --- | --- |"]
    for name, peer in found["peers"].items():
        ratio = found["ours"]["consume"] / peer["drain"]
        lines.append(f"| {name} | {peer['publish']:,.0f} | {peer['drain']:,.0f} | {ratio:.1f} |")
    lines += ["", f"## Latency from commit to projection at {found['rate']} events/s (ms)", ""]
    lines += ["| | p50 | p99 |", "| --- | --- | --- |"]
    for who in ("ours", "bare"):
        lines.append(f"| {who} | {found['latency'][who][0]:.1f} | {found['latency'][who][1]:.1f} |")
    ratios = [found["latency"]["ours"][n] / found["latency"]["bare"][n] for n in (0, 1)]
    lines.append(f"| ratio | {ratios[0]:.2f} | {ratios[1]:.2f} |")
    lines += ["", "## With rows already in the tables", ""]
    lines += ["| rows in outbox and inbox | relay /s | consume /s | purge rows/s |", "| --- | --- | --- | --- |"]
    for row in found["growth"]:
        lines.append(f"| {row['rows']:,} | {row['relay']:,.0f} | {row['consume']:,.0f} | {row['purge']:,.0f} |")
    lines += ["", "![Events a second with a growing table](performance.svg)", ""]
    return "\n".join(lines)


def plot(growth: list[dict[str, float]]) -> str:
    """Events a second over the rows already there, as an SVG drawn by hand."""
    width, height, left, top = 640, 320, 70, 30
    most = max(max(row["relay"], row["consume"]) for row in growth) * 1.1
    step = (width - left - 40) / max(1, len(growth) - 1)

    def point(number: int, value: float) -> str:
        return f"{left + number * step:.0f},{top + (height - 2 * top) * (1 - value / most):.0f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for part in range(5):
        value = most * part / 4
        _, y = point(0, value).split(",")
        parts.append(f'<line x1="{left}" x2="{width - 40}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{int(y) + 4}" text-anchor="end">{value:,.0f}</text>')
    for number, row in enumerate(growth):
        x, _ = point(number, 0).split(",")
        parts.append(f'<text x="{x}" y="{height - 8}" text-anchor="middle">{int(row["rows"]):,}</text>')
    for name, colour, at in (("relay", "#005ea5", 0), ("consume", "#b54708", 1)):
        points = " ".join(point(number, row[name]) for number, row in enumerate(growth))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{left + 90 * at}" y="18" fill="{colour}">{name} /s</text>')
    return "".join(parts) + "</svg>\n"


def write(found: dict[str, Any], about: str) -> None:
    """Put both into docs/; what other measures wrote stays."""
    page = DOCS / "performance.md"
    said = page.read_text(encoding="utf-8")
    others = [_part(said, title) for title in OTHERS if title in said]
    page.write_text("\n".join([markdown(found, about), *others]), encoding="utf-8")
    (DOCS / "performance.svg").write_text(plot(found["growth"]))


def put(title: str, text: str) -> None:
    """Put what one of the `OTHERS` found at the end of the page, in place of what it said before."""
    page = DOCS / "performance.md"
    said = page.read_text(encoding="utf-8")
    before = _part(said, title)
    rest = said.replace(before, "").rstrip("\n") if before else said.rstrip("\n")
    page.write_text(f"{rest}\n\n{text.rstrip()}\n", encoding="utf-8")


def load_average() -> float:
    """How busy the machine is."""
    return os.getloadavg()[0]


def _part(said: str, title: str) -> str:
    """The part of the page that begins with `title`; « » for none."""
    _, found, rest = said.partition(title)
    return found + rest.partition("\n## ")[0].rstrip("\n") + "\n" if found else ""

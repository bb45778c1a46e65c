"""`python -m benchmarks.pages`: the server time of the gateway's pages, beside bare Flask, psycopg and a template.

Whole requests at the WSGI door of one process, in turn: the gateway asks the real services in that process, as the
embedded system does, and they ask a PostgreSQL. The bare ones do the same with the same databases; what both show is
compared, cell by cell.
"""

import argparse
import io
import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import httpx
from flask import Flask

from backbone.clock import FixedClock
from benchmarks import bare_pages, report
from benchmarks.lists import FEW, NOW, TODAY
from benchmarks.pages_world import Stage, open_stage
from benchmarks.sites import served
from gateway.app import build
from gateway.kit.session import COOKIE
from gateway.settings import Settings

PART = "## Pages"
SITES, PEOPLE, ROUNDS, WARM = 5_000, 10_000, 100, 15
ASKED, GROWTH = 2.0, 1.3
Spans = list[tuple[float, float]]
SPACE = "/espace/{0.adherent_id}/{0.site_id}"


@dataclass(frozen=True)
class Page:
    """A page of the table: what it is called, of what it is full, its address, which cells both show."""

    name: str
    full_of: str
    path: str
    cells: Sequence[int]


PAGES = (
    Page("« Choix » with DSN alerts, 25 sites", "sites", "/choix", (1, 2, 3, 4, 5)),
    Page("« Liste des bénéficiaires », 5 lines", "people", f"{SPACE}/droits", (0, 1, 2, 3, 4, 5)),
    Page("home of a space", "sites", f"{SPACE}/", ()),
    Page("« Suivi DSN »", "sites", f"{SPACE}/suivi-dsn", (0, 1, 2, 3, 4, 5, 6, 7, 8)),
)


class Line(httpx.BaseTransport):
    """The way to a service of this process, which notes when each question began and when it was over."""

    def __init__(self, app: Flask, spent: Spans) -> None:
        self._inner, self._spent = httpx.WSGITransport(app=app), spent

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        began = time.perf_counter()
        answer = self._inner.handle_request(request)
        answer.read()
        self._spent.append((began, time.perf_counter()))
        return answer


def opened(app: Flask, path: str, session: str) -> tuple[float, float, str]:
    """Milliseconds of one page, those of CPU among them, and its HTML; AssertionError when it is refused."""
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_COOKIE": f"{COOKIE}={session}",
        "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    said: list[str] = []
    began, worked = time.perf_counter(), time.process_time()
    answer = app(environment, lambda status, *_: said.append(status))  # type: ignore[arg-type]
    body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]
    spent, work = time.perf_counter() - began, time.process_time() - worked
    assert said[0].startswith("200"), (path, said, body[:500])
    return spent * 1000, work * 1000, body.decode()


def fronted(stage: Stage, spent: Spans) -> Flask:
    """The gateway in front of the services of `stage`; `spent` hears when each question was asked."""
    transports: dict[str, Any] = {name: Line(served(one), spent) for name, one in stage.services.items()}
    settings = Settings.of(secret_key="x" * 32, trusted_proxies=0)
    return build(settings, transports=transports, clock=FixedClock(NOW))


def waited(spans: Spans) -> float:
    """Milliseconds in which one question at least was asked: two at once count once."""
    total, over = 0.0, 0.0
    for began, ended in sorted(spans):
        total += max(0.0, ended - max(began, over))
        over = max(over, ended)
    return total * 1000


def compared(ours: str, bare: str, page: Page) -> None:
    """AssertionError where one shows a row that the other does not, or other words in it."""
    one, other = (_rows(html, page.cells) for html in (ours, bare))
    assert one == other and (one or not page.cells), (page.name, one[:2], other[:2])


def _rows(html: str, cells: Sequence[int]) -> list[list[str]]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    rows = [list(row) for row in root.findall(".//tbody/tr")] if cells else []
    return [[_words(row[at]) for at in cells] for row in rows]


def _words(cell: Element) -> str:
    return "".join("".join(cell.itertext()).split())


def measured(stage: Stage, rounds: int) -> dict[str, dict[str, float]]:
    """Of each page: medians of ours and the bare one, for few and for many, in turn; what the services took of it."""
    spent: Spans = []
    ours, bare = fronted(stage, spent), bare_pages.make(stage, NOW, TODAY)
    try:
        return {page.name: _timed({"ours": ours, "bare": bare}, stage, page, rounds, spent) for page in PAGES}
    finally:
        bare.extensions["close"]()


def _timed(apps: dict[str, Flask], stage: Stage, page: Page, rounds: int, spent: Spans) -> dict[str, float]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    asked = [(size, who, page.path.format(who)) for size, who in stage.visitors.items()]
    for _, who, path in asked:
        compared(*(opened(app, path, who.session)[2] for app in apps.values()), page)
    for number in range(-WARM, rounds):
        for size, who, path in asked:
            for name, app in apps.items():
                spent.clear()
                taken, work, _ = opened(app, path, who.session)
                if number >= 0:
                    found[f"{name} {size}"].append(taken)
                    found[f"work {name} {size}"].append(work)
                    found[f"services {name} {size}"].append(waited(spent))
                    found[f"calls {name} {size}"].append(len(spent))
    return {name: median(times) for name, times in found.items()}


def markdown(found: dict[str, dict[str, float]], sizes: dict[str, int], load: float) -> str:
    """The part of docs/performance.md."""
    lines = [
        PART,
        f"Written by `make bench-pages` on {datetime.now(UTC):%d/%m/%Y}; load average when it began: {load:.2f}. "
        f"Milliseconds of a whole page at the WSGI door, medians of {ROUNDS} in turn, gateway and services in one "
        "process (as `make run` has them), PostgreSQL on the same machine; the bare ones are Flask, psycopg and a "
        "template with the same cookie, session, right check and rows, without menu, bars, help and forms."
        + (report.SHARED if load > 1 else ""),
        "",
        f"| page | of many | of {FEW} | many / {FEW} (asked {GROWTH}) | bare | ours / bare (asked {ASKED:g}) |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for page in PAGES:
        one, many = found[page.name], f"of {sizes[page.full_of]:,} {page.full_of}"
        ours, few, bare = one["ours many"], one["ours few"], one["bare many"]
        figures = f"{ours:.2f} | {few:.2f} | {ours / few:.2f} | {bare:.2f} | {ours / bare:.2f}"
        lines.append(f"| {page.name}, {many} | {figures} |")
    lines += [
        "",
        "Where it goes: how long a page waits for its services, those that it asks at once counted once, and the rest; "
        "and what this process computes for a page, which waits for nobody.",
        "",
        "| page | questions | services, ms | services / bare | the page itself, ms | CPU, ms | bare CPU | ratio |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, one in found.items():
        ours, theirs, bare = one["ours many"], one["services ours many"], one["bare many"]
        work, less = one["work ours many"], one["work bare many"]
        figures = f"{theirs:.2f} | {theirs / bare:.2f} | {ours - theirs:.2f}"
        figures += f" | {work:.2f} | {less:.2f} | {work / less:.2f}"
        lines.append(f"| {name} | {one['calls ours many']:.0f} | {figures} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write when it was the whole."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--scale", type=float, default=1.0)
    scale, load = words.parse_args().scale, report.load_average()
    logging.getLogger("access").setLevel(logging.WARNING)  # neither writes a log
    sizes = {"sites": max(2 * FEW, int(SITES * scale)), "people": max(2 * FEW, int(PEOPLE * scale))}
    with open_stage(sizes["sites"], sizes["people"]) as stage:
        found = measured(stage, max(20, int(ROUNDS * scale)))
    text = markdown(found, sizes, load)
    print(text)
    if scale == 1:
        report.put(PART, text)


if __name__ == "__main__":
    main()

"""`python -m benchmarks.sites`: the CPU of a list of 25 sites, delegation's and dsn's, beside bare Flask and psycopg.

Whole requests at the WSGI door, in turn, on one PostgreSQL; the bare one verifies the same token, asks the same
question of the session, reads the same rows and answers the same JSON, which is compared.
"""

import argparse
import io
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from backbone.clock import paris_day
from backbone.ids import new_id
from backbone.rights.authority import table as authority
from backbone.shape.service import Service
from backbone.testing import tokens
from backbone.web import make_api
from backbone.web.watch import Watch
from benchmarks import bare_sites, lists, report
from benchmarks.dsn import storing
from benchmarks.dsn import world as dsn_world
from tests.support.statements import statements

PART = "## Lists of sites"
SITES, ROUNDS, ASKED = 25, 600, 2.0


class NobodyAsked:
    """Owners that are never asked: their signs of life are fresh."""

    def ask(self, owner: str, path: str, token: str) -> tuple[int, bytes]:
        """AssertionError."""
        raise AssertionError(owner)

    def ahead(self, owner: str) -> float:
        """Not at all."""
        return 0.0


def served(service: Service) -> Flask:
    """The service as it runs, whose owners have just given a sign of life."""
    with service.engine.begin() as connection:
        for one in service.follows:
            row = {"owner": one.owner, "as_of": service.clock.now(), "event_id": new_id()}
            connection.execute(sa.insert(authority()).values(row))
    return make_api(service, tokens.jwks, Watch(service, NobodyAsked()))


def asked(app: Flask, path: str, token: str) -> tuple[float, bytes]:
    """Milliseconds of CPU of one request, and its body."""
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    said: list[str] = []
    began = time.process_time()
    answer = app(environment, lambda status, *_: said.append(status))  # type: ignore[arg-type]
    body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]
    spent = time.process_time() - began
    assert said[0].startswith("200"), (said, body)
    return spent * 1000, body


def compared(service: Service, account: UUID, bare: Flask, path: str, rounds: int) -> dict[str, float]:
    """Medians of both in turn, and the statements of ours."""
    app, now = served(service), service.clock.now()
    token = tokens.user_token(account, new_id(), now)
    one, other = (json.loads(asked(*call)[1]) for call in ((app, "/v1/sites", token), (bare, path, token)))
    assert one == other and len(one["items"]) == SITES, (one, other)
    found: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(-50, rounds):
        for name, where, at in (("ours", app, "/v1/sites"), ("bare", bare, path)):
            spent, _ = asked(where, at, token)
            if number >= 0:
                found[name].append(spent)
    sent = statements(service.engine, lambda: asked(app, "/v1/sites", token))
    return {**{name: median(times) for name, times in found.items()}, "statements": len(sent)}


def of_delegation(rounds: int, also: Callable[..., None] = lambda *_: None) -> dict[str, float]:
    """The list of an administrator of one company."""
    with lists.open_world() as world:
        company = world.company(1, sites=SITES)
        service = world.under.service
        bare = bare_sites.make(_plain(service), paris_day(service.clock.now()))
        try:
            also(service, company.founder)
            return compared(service, company.founder, bare, "/delegation", rounds)
        finally:
            bare.extensions["close"]()


def of_dsn(rounds: int, also: Callable[..., None] = lambda *_: None) -> dict[str, float]:
    """The same with the alerts of each site, of months that nobody declared."""
    with dsn_world.open_world(SITES, "2026-09") as world:
        storing._sweep(world)
        bare = bare_sites.make(_plain(world.service), paris_day(world.service.clock.now()))
        try:
            also(world.service, dsn_world.ACCOUNT)
            return compared(world.service, dsn_world.ACCOUNT, bare, "/dsn", rounds)
        finally:
            bare.extensions["close"]()


def _plain(service: Service) -> str:
    return service.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def markdown(found: dict[str, dict[str, float]], load: float) -> str:
    """The part of docs/performance.md."""
    lines = [
        PART,
        f"Written by `make bench-sites` on {datetime.now(UTC):%d/%m/%Y}; load average when it began: {load:.2f}. "
        f"CPU of the process for a whole request, medians of {ROUNDS} in turn; the bare one is Flask and psycopg by "
        "hand with the same token, session and rows." + (report.SHARED if load > 1 else ""),
        "",
        f"| {SITES} sites | ours, ms | bare, ms | ratio | asked | statements |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for what, one in found.items():
        figures = f"{one['ours']:.2f} | {one['bare']:.2f} | {one['ours'] / one['bare']:.2f} | {ASKED:g}"
        lines.append(f"| {what} | {figures} | {one['statements']} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write when it was the whole."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--scale", type=float, default=1.0)
    scale, load = words.parse_args().scale, report.load_average()
    logging.getLogger("access").setLevel(logging.WARNING)  # neither writes a log
    rounds = max(20, int(ROUNDS * scale))
    found = {"delegation": of_delegation(rounds), "dsn, with the alerts": of_dsn(rounds)}
    text = markdown(found, load)
    print(text)
    if scale == 1:
        report.put(PART, text)


if __name__ == "__main__":
    main()

"""`python -m benchmarks.login`: what a login costs beside its hash, identity's and Flask-Security-Too's, in turn.

Both take a whole request at their WSGI door and answer a token; both check the same password with the same Argon2id.
What is counted is the CPU of this process, less what it spent in the hash itself within that very request; the database
is another process (PostgreSQL) or a file. Each login comes from one of many people, known by the browser's token.
"""

import argparse
import io
import json
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from joserfc.jwk import KeySet

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.sealing import generate_keypair
from backbone.serving import logs
from backbone.testing import ServiceUnderTest, tokens
from benchmarks import report
from benchmarks.peer_security import make
from contracts.words.statuses import AccountStatus
from services.identity.app import build
from services.identity.domain.ports import Hasher
from services.identity.settings import Settings
from services.identity.storage.tables import accounts
from tests.support.postgres import start_postgres
from tests.support.statements import statements

PART = "## Login"
PEOPLE, ROUNDS, PASSWORD = 40, 400, "Velo-grimpe 7 cols"
MEMORY, PASSES, ASKED = 19456, 2, 2.2
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
Act = Callable[[int], float]


class Meter:
    """The CPU that a hash took, wrapped around whoever makes it."""

    def __init__(self) -> None:
        self.spent = 0.0

    def around(self, verify: Callable[..., Any]) -> Callable[..., Any]:
        """`verify`, counted."""

        def counted(*arguments: Any, **options: Any) -> Any:
            began = time.process_time()
            try:
                return verify(*arguments, **options)
            finally:
                self.spent += time.process_time() - began

        return counted


def asked(app: Any, meter: Meter, path: str, body: dict[str, str], address: str, query: str = "") -> float:
    """Milliseconds of CPU of one request, less its hash; AssertionError when it is refused."""
    text, answered = json.dumps(body).encode(), []
    environment = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(text)),
        "HTTP_ACCEPT": "application/json",
        "HTTP_USER_AGENT": FIREFOX,
        "HTTP_X_FORWARDED_FOR": address,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(text),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    meter.spent, began = 0.0, time.process_time()
    answer = app(environment, lambda status, *_: answered.append(status))
    for _ in answer:
        pass
    answer.close()
    spent = time.process_time() - began - meter.spent
    assert answered[0][:3] in ("200", "201"), answered
    return spent * 1000


def ours(url: str, people: list[str]) -> tuple[Act, ServiceUnderTest]:
    """A login by identity, on the empty database at `url`."""
    settings = Settings.of(
        database_url=url,
        broker_url="embedded:",
        signing_keys=json.dumps(KeySet([tokens.KEY]).as_dict(private=True)),
        notification_public_key=generate_keypair()[1],
        hashing_memory_kib=MEMORY,
        hashing_passes=PASSES,
    )
    clock, meter = FixedClock(NOW), Meter()
    under = ServiceUnderTest(build, settings, clock=clock)
    hasher = under.service.port(Hasher)
    with under.engine.begin() as connection:
        connection.execute(sa.insert(accounts), [_account(email, hasher.hash(PASSWORD)) for email in people])
    hasher.verify = meter.around(hasher.verify)  # type: ignore[method-assign]

    def log_in(number: int) -> float:
        clock.set(datetime.fromtimestamp(NOW.timestamp() + number * 5, UTC))
        who = number % len(people)
        body = {"email": people[who], "mot_de_passe": PASSWORD, "browser": f"token-of-the-browser-{who}"}
        return asked(under.app, meter, "/v1/sessions", body, f"198.51.100.{who}")

    return log_in, under


def _account(email: str, password_hash: str) -> dict[str, Any]:
    return {
        "account_id": new_id(),
        "email": email,
        "email_key": email,
        "status": AccountStatus.ACTIF,
        "password_hash": password_hash,
        "nom": "Martin",
        "prenom": "Claire",
        "newsletter": False,
        "version": 1,
        "created_at": NOW,
    }


def theirs(url: str, people: list[str]) -> Act:
    """The same by Flask-Security-Too."""
    app, security = make(url, people, PASSWORD, memory_kib=MEMORY, passes=PASSES)
    meter, context = Meter(), security.pwd_context
    context.verify = meter.around(context.verify)

    def log_in(number: int) -> float:
        body = {"email": people[number % len(people)], "password": PASSWORD}
        return asked(app, meter, "/login", body, "198.51.100.1", "include_auth_token")

    return log_in


def measure(of: Callable[[str], str], rounds: int) -> dict[str, float]:
    """Medians of both, in turn. `of` makes an empty database of a name."""
    people = [f"claire.martin{number}@example.com" for number in range(PEOPLE)]
    mine, under = ours(of("ours"), people)
    peer = theirs(of("theirs"), people)
    found: dict[str, list[float]] = {"ours": [], "theirs": []}
    for number in range(-2 * PEOPLE, rounds):  # the first logins of everybody are not counted
        for name, act in (("ours", mine), ("theirs", peer)):
            spent = act(number + 2 * PEOPLE)
            if number >= 0:
                found[name].append(spent)
    sent = statements(under.engine, lambda: mine(rounds + 2 * PEOPLE))
    under.close()
    return {**{name: median(times) for name, times in found.items()}, "statements": len(sent)}


@contextmanager
def databases() -> Iterator[dict[str, Callable[[str], str]]]:
    """How to make a database, by kind."""
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-login-"))
    postgres = start_postgres(folder / "postgres")
    try:
        yield {"SQLite": lambda name: f"sqlite:///{folder / name}.db", "PostgreSQL": postgres.create_database}
    finally:
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


def markdown(found: dict[str, dict[str, float]], load: float) -> str:
    """The part of docs/performance.md."""
    lines = [
        PART,
        f"Written by `make bench-login` on {datetime.now(UTC):%d/%m/%Y}; load average when it began: {load:.2f}. "
        f"CPU of the process beside its hash (Argon2id, {MEMORY // 1024} MiB, {PASSES} passes, the same in both), "
        f"medians of {ROUNDS} logins in turn; Flask-Security-Too {report.version('flask-security-too')}, whose "
        "login reads an account and notes its last logins; ours also counts the attempt, keeps session and act, "
        "and knows the browser again." + (report.SHARED if load > 1 else ""),
        "",
        "| a login on | identity, ms | Flask-Security-Too, ms | ratio | asked, ms | statements |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for kind, one in found.items():
        ratio = one["ours"] / one["theirs"]
        figures = f"{one['ours']:.2f} | {one['theirs']:.2f} | {ratio:.2f} | {ASKED} | {one['statements']}"
        lines.append(f"| {kind} | {figures} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write when it was the whole."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--scale", type=float, default=1.0)
    scale, load = words.parse_args().scale, report.load_average()
    logs.configure("identity", stream=io.StringIO())
    logging.getLogger("flask_security").setLevel(logging.WARNING)
    with databases() as kinds:
        found = {kind: measure(of, max(20, int(ROUNDS * scale))) for kind, of in kinds.items()}
    text = markdown(found, load)
    print(text)
    if scale == 1:
        report.put(PART, text)


if __name__ == "__main__":
    main()

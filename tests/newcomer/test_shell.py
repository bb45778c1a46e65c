"""`make shell` and `make sql`: the databases of the system that runs, read, and changed by nobody who did not ask."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from backbone.store import migrations
from embedded import keys
from embedded.folder import Folder
from embedded.settings import service_settings
from embedded.system import SERVICES
from scripts.sql import READING, Unusable, loop, words_for
from tests.support.processes import ROOT, environment_of


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a system, held by it; delegation knows one adhérent more than none."""
    folder = Folder(tmp_path_factory.mktemp("shell") / "var")
    folder.take()
    keys.ensure(folder)
    settings = service_settings(folder, "https://espace.example.com")
    for name, module in SERVICES.items():
        service = module.build(settings[name])
        migrations.migrate(service.engine, service.migrations)
        service.engine.dispose()
    yield folder.path  # type: ignore[misc]
    folder.release()


def run(module: str, *words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(
        command, input=typed, cwd=ROOT, env=environment_of(more), capture_output=True, text=True, timeout=600
    )


def test_the_shell_says_what_is_there_and_answers(var: Path) -> None:
    typed = (
        "sorted(services)\n"
        'query("delegation", "SELECT count(*) AS many, :x AS x FROM outbox", x=3)\n'
        'registry.cards["message.sent.v1"].producer\n'
        "clock.now().tzinfo\n"
    )
    done = run("scripts.shell", "--folder", str(var), typed=typed)
    assert done.returncode == 0, done.stderr
    assert str(var) in done.stderr and 'services["delegation"]' in done.stderr  # code.interact's banner
    assert str(sorted(SERVICES)) in done.stdout
    assert "[{'many': 0, 'x': 3}]" in done.stdout and "'contact'" in done.stdout and "utc" in done.stdout.lower()


def test_a_query_changes_nothing(var: Path) -> None:
    done = run(
        "scripts.shell",
        "--folder",
        str(var),
        typed='query("dsn", "DELETE FROM outbox")\nquery("dsn", "SELECT 7 AS n")\n',
    )
    assert "readonly database" in done.stderr and "[{'n': 7}]" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--folder", "/nowhere"), "make run"),
        (("--service", "billing"), "none of identity"),
        (("--service", "dsn"), "ESPACE_"),
    ],
)
def test_a_shell_without_a_system_says_what_to_do(words: tuple[str, ...], says: str) -> None:
    done = run("scripts.shell", *words)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr, done.stderr


def test_sql_reads_and_does_not_write(var: Path) -> None:
    file, typed = str(var), "SELECT count(*) AS many FROM outbox;\nDELETE FROM outbox;\n"
    done = run("scripts.sql", "identity", "--folder", file, typed=typed)
    assert "many" in done.stdout and "readonly" in done.stderr, (done.stdout, done.stderr)
    done = run("scripts.sql", "identity", "--folder", file, "--write", typed="DELETE FROM outbox;\n")
    assert done.returncode == 0 and not done.stderr


def test_without_a_shell_of_sqlite_lines_are_answered_all_the_same(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loop(
        str(var / "contact.db"),
        ["SELECT 1 AS a, 'x' AS b", "DELETE FROM outbox", "nonsense", "SELECT 2 AS c"],
        write=False,
    )
    said = capsys.readouterr()
    assert said.out == "a | b\n1 | x\nc\n2\n"
    assert "readonly" in said.err and "syntax error" in said.err


def test_a_server_is_opened_for_reading_and_its_password_is_no_argument() -> None:
    words, more = words_for("dsn", "postgresql+psycopg://ana:secret@host:5433/dsn", Path("var"), write=False)
    assert words == ["psql", "postgresql://ana@host:5433/dsn"]
    assert more == {"PGOPTIONS": READING, "PGPASSWORD": "secret"}
    words, more = words_for("dsn", "compose", Path("var"), write=False)
    assert words[:4] == ["docker", "compose", "exec", "--env"] and words[-1] == "dsn" and more == {"PGOPTIONS": READING}
    assert words_for("dsn", "compose", Path("var"), write=True)[1] == {}


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite:////nowhere.db"])
def test_a_database_that_is_not_there_is_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="is not there|is no address"):
        words_for("dsn", url, tmp_path, write=False)


@pytest.mark.postgresql
def test_a_real_server_refuses_to_be_changed(postgres: object) -> None:
    url = postgres.create_database()  # type: ignore[attr-defined]
    with sa.create_engine(url).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n int)")
    done = run("scripts.sql", "dsn", "--url", url, typed="SELECT count(*) AS many FROM t;\nDELETE FROM t;\n")
    assert "many" in done.stdout and "read-only transaction" in done.stderr, (done.stdout, done.stderr)

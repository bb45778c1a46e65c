"""PostgreSQL databases that tests use one after another: emptied and looked over, not dropped and copied.

Making a database and dropping it copies and deletes three hundred files, twice in a test of a service: a fifth of what
its run computes. One that comes back is lent again only when it is what it was when it was made: nothing of its schema
was touched, no statistics were gathered, nothing but the migrations' number stands in it, its sequences begin again.
Whatever else comes back is dropped.
"""

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import sqlalchemy as sa

CATALOGS = (
    "pg_class pg_attribute pg_attrdef pg_constraint pg_index pg_trigger pg_proc pg_type pg_namespace pg_extension "
    "pg_policy pg_rewrite pg_default_acl pg_largeobject_metadata"
).split()
# Who writes a row of a catalog leaves his transaction's number on it; VACUUM and ANALYZE do not.
MARKS = " UNION ALL ".join(f"SELECT '{one}', count(*), max(xmin::text::bigint) FROM {one}" for one in CATALOGS)  # noqa: S608
MARK = f"""SELECT array_agg(marks::text ORDER BY marks::text),
    (SELECT count(*) FROM pg_statistic WHERE starelid >= 16384),
    (SELECT count(*) FROM pg_db_role_setting JOIN pg_database ON oid = setdatabase WHERE datname = current_database()),
    (SELECT datacl::text FROM pg_database WHERE datname = current_database()) FROM ({MARKS}) AS marks"""  # noqa: S608
WRITTEN = """SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0"""
EMPTY = Path()


class Shelf:
    """The databases of one server that wait to be lent. `address` leads to its database `postgres`, as a superuser."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._line: psycopg.Connection | None = None
        self._waiting: dict[Path, list[str]] = {}
        self._of: dict[str, Path] = {}  # what was lent: of which migrations
        self._marks: dict[str, object] = {}  # a database: how it was when it was made, or emptied
        self._templates: dict[Path, tuple[str, object]] = {}

    def lend(self) -> str:
        """The name of an empty database."""
        name = f"test_{uuid4().hex[:12]}"
        if not self._take(EMPTY, name):
            self._run(f'CREATE DATABASE "{name}"')
            self._marks[name] = self._mark(name)
            self._of[name] = EMPTY
        return name

    def keep(self, folder: Path, name: str) -> None:
        """`name`, where nobody is, was just brought to the newest version of `folder`: it is the pattern of others."""
        template = f"template_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{template}" TEMPLATE "{name}"')
        self._templates[folder] = template, self._mark(template)
        self._of[name], self._marks[name] = folder, self._templates[folder][1]

    def give(self, folder: Path, name: str) -> None:
        """Make `name`, which is empty, one at the newest version of `folder`."""
        self.take_back(name)
        if not self._take(folder, name):
            template, mark = self._templates[folder]
            self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            self._of[name], self._marks[name] = folder, mark

    def take_back(self, name: str) -> None:
        """The test is over: whoever is still in the database leaves it."""
        folder, mark = self._of.pop(name, None), self._marks.pop(name, None)
        spare = f"spare_{uuid4().hex}"
        with suppress(psycopg.Error):
            if folder is not None and mark is not None:
                self._run(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
                self._run(f'ALTER DATABASE "{name}" RENAME TO "{spare}"')
                name = spare  # nobody knows its name: what is emptied stays empty
                if self._empty(spare, mark):
                    self._waiting.setdefault(folder, []).append(spare)
                    return
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _take(self, folder: Path, name: str) -> bool:
        """Rename one of `folder` that waits, if any."""
        if not self._waiting.get(folder):
            return False
        spare = self._waiting[folder].pop()
        self._run(f'ALTER DATABASE "{spare}" RENAME TO "{name}"')
        self._of[name], self._marks[name] = folder, self._marks.pop(spare)
        return True

    def _empty(self, name: str, mark: object) -> bool:
        """Whether `name` still was as `mark` says, and is empty now; its tables are new files, as in a new database."""
        with self._connect(name) as line:
            if self._marked(line) != mark:
                return False
            with line.transaction():
                line.execute("SET LOCAL session_replication_role = replica")  # no trigger, no refusal
                written = [row[0] for row in line.execute(WRITTEN).fetchall()]
                if written:
                    line.execute(f"TRUNCATE {', '.join(written)} CASCADE".encode())
                line.execute("SELECT setval(seqrelid, seqstart, false) FROM pg_sequence")
            self._marks[name] = self._marked(line)
        return True

    def _mark(self, name: str) -> object:
        with self._connect(name) as line:
            return self._marked(line)

    @staticmethod
    def _marked(line: psycopg.Connection) -> object:
        return line.execute(MARK.encode()).fetchone(), Shelf._version(line)

    @staticmethod
    def _version(line: psycopg.Connection) -> object:
        """The rows of the migrations' number, and who wrote them."""
        if line.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return None
        return line.execute("SELECT xmin::text, version_num FROM alembic_version ORDER BY 2").fetchall()

    def _run(self, statement: str) -> None:
        """On the server, outside of its databases; once more when the server was started again meanwhile."""
        for last in (False, True):
            try:
                self._line = self._line or psycopg.connect(self._address, autocommit=True)
                self._line.execute(statement.encode())
                return
            except psycopg.OperationalError:
                if last or (self._line and not self._line.broken):
                    raise
                self._line = None

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self._address, dbname=name, autocommit=True)


_SHELVES: dict[str, Shelf] = {}


def of(url: sa.URL) -> Shelf:
    """The shelf, in this process, of the server that the database at `url` is on."""
    address = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    return _SHELVES.setdefault(address, Shelf(address))

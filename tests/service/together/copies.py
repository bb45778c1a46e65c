"""A copy of a service's database and the way back to it, as backup.sh and restore.sh make them of a real one."""

import sqlite3
from contextlib import closing

import sqlalchemy as sa
from sqlalchemy.engine import URL

from backbone.testing import ServiceUnderTest


def copied(service: ServiceUnderTest) -> str:
    """Copy the database; the name of the copy, which `restore` takes."""
    url = service.engine.url
    copy = f"{url.database}_copy"
    _replace(service, str(url.database), copy)
    return copy


def restore(service: ServiceUnderTest, copy: str) -> None:
    """The database is what it was when it was copied."""
    _replace(service, copy, str(service.engine.url.database))


def _replace(service: ServiceUnderTest, source: str, target: str) -> None:
    if service.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)
        return
    service.engine.dispose()
    _recreate(service.engine.url, source, target)


def _recreate(url: URL, source: str, target: str) -> None:
    engine = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{target}" TEMPLATE "{source}"'))
    engine.dispose()

"""`make sql SERVICE=…`: the database of one service, for reading: that of the embedded system, or the one at URL=.

`sqlite3` or `psql` where they are; else statements are read line by line and their rows printed, until the end.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import click
import sqlalchemy as sa

from contracts.words.services import SERVICES

READING = "-c default_transaction_read_only=on"
COMPOSE = "docker compose exec --env PGOPTIONS postgres psql --dbname".split()


class Unusable(Exception):
    """There is no such database here; the message is the sentence to print."""


def words_for(service: str, url: str, folder: Path, write: bool) -> tuple[list[str], dict[str, str]]:
    """The command that opens the database of `service`, and what it needs in its environment. Its first word is `loop`
    when no shell of SQLite is there. Unusable when there is no such database."""
    reading = {} if write else {"PGOPTIONS": READING}
    if url == "compose":
        given = COMPOSE if reading else [word for word in COMPOSE if word not in ("--env", "PGOPTIONS")]
        return [*given, service], reading
    if not url:
        url = f"sqlite:///{folder.absolute() / f'{service}.db'}"
    try:
        asked = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise Unusable(f"URL={url} is no address: sqlite:///FILE, postgresql://…, or compose.") from None
    if asked.get_backend_name() == "postgresql":
        reading["PGPASSWORD"] = str(asked.password or "")
        place = (asked.host, asked.port, asked.database, asked.query)
        shown = sa.URL.create("postgresql", asked.username, None, *place)  # the password is no word of a command
        return ["psql", shown.render_as_string()], reading
    file = Path(asked.database or "")
    if not file.is_file():
        raise Unusable(f"{file} is not there: make run makes it, or URL= names another database.")
    shell = shutil.which("sqlite3")
    way = [] if write else ["-readonly"]
    return [shell, *way, "-header", "-column", str(file)] if shell else ["loop", str(file)], {}


def loop(file: str, lines: Iterable[str], write: bool) -> None:
    """Answer each line of SQL with its rows, until there is none; what is wrong in one is said and ends nothing."""
    mode = "rw" if write else "ro"
    with closing(sqlite3.connect(f"file:{file}?mode={mode}", uri=True, isolation_level=None)) as connection:
        for line in lines:
            try:
                rows = connection.execute(line)
                if rows.description:
                    click.echo(" | ".join(column[0] for column in rows.description))
                for row in rows:
                    click.echo(" | ".join(map(str, row)))
            except sqlite3.Error as error:
                click.echo(f"{error}", err=True)


def typed() -> Iterable[str]:
    """What is typed, line by line, with an editable line where it is a person."""
    import readline  # noqa: F401  (input() then has a history)

    while True:
        try:
            yield input("sql> " if sys.stdin.isatty() else "")
        except EOFError:
            return


@click.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.option("--url", default="", help="sqlite:///FILE, postgresql://…, or compose; else the file of the folder.")
@click.option("--folder", default="var", type=click.Path(path_type=Path), show_default=True)
@click.option("--write", is_flag=True, help="Changes are allowed: no event tells anybody of them.")
def main(service: str, url: str, folder: Path, write: bool) -> None:
    """Open the database of SERVICE."""
    try:
        words, more = words_for(service, url, folder, write)
        if words[0] == "loop":
            loop(words[1], typed(), write)
            return
        os.execvpe(words[0], words, {**os.environ, **more})  # noqa: S606  (its words are a list)
    except (Unusable, OSError) as problem:
        click.echo(f"make sql: {problem}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()

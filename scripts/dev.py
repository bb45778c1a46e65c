"""`make dev`: the embedded system, ended and started again, on the same folder and port, when a file that it is made of
changes. What it is ended by is what Ctrl-C sends, so that it finishes what is in hand."""

import shlex
import signal
import sys
from pathlib import Path

import click
from watchfiles import Change, run_process

MADE_OF = ("backbone", "contracts", "services", "gateway", "embedded")
ENDINGS = (".py", ".html", ".css", ".js", ".txt", ".csv", ".json", ".svg")
END_SECONDS = 30


def is_source(_change: Change, path: str) -> bool:
    """Whether the system is another one once `path` changed; drafts of editors and compiled files do not count."""
    file = Path(path)
    return file.suffix in ENDINGS and not file.name.startswith((".", "#")) and "__pycache__" not in file.parts


def said(changes: set[tuple[Change, str]]) -> None:
    """Tell what changed."""
    names = sorted({str(Path(path).relative_to(Path.cwd())) for _, path in changes})
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    click.echo(f"\n{', '.join(names[:3])}{more} changed: starting again.")


@click.command()
@click.option("--port", default=8080, envvar="PORT", show_default=True, help="Port to answer on.")
@click.option("--folder", default="var", show_default=True, help="Where all is kept.")
def main(port: int, folder: str) -> None:
    """Run the system until Ctrl-C, again and again."""
    # Started behind a « & » of a script, a process ignores Ctrl-C; this one has nothing else to be ended by.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    words = [sys.executable, "-m", "embedded", "--port", str(port), "--folder", folder]
    run_process(
        *MADE_OF,
        target=shlex.join(words),
        target_type="command",
        watch_filter=is_source,
        callback=said,
        sigint_timeout=END_SECONDS,
    )


if __name__ == "__main__":
    main()

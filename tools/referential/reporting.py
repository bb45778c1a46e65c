"""What the operator sees: a progress bar on a terminal, JSON lines anywhere else."""

import json
from dataclasses import asdict
from typing import Any, Protocol, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from tools.referential.chunks import Chunk
from tools.referential.sending import Totals


class Report(Protocol):
    """Told of each chunk, and of the end."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def chunk(self, chunk: Chunk, rejected: list[dict[str, Any]], totals: Totals) -> None:
        """One more chunk is in."""

    def waiting(self, problem: str, seconds: float) -> None:
        """Nothing was answered: it is tried again after so long."""

    def end(self, totals: Totals, problem: str | None) -> None:
        """All of it is in, or `problem` stopped it."""


class Terminal:
    """For people."""

    def __init__(self, size: int, out: TextIO) -> None:
        self._console = Console(file=out, highlight=False, markup=False)
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, TextColumn("{task.fields[said]}"), console=self._console)
        self._task = self._progress.add_task("Import", total=size, said="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def chunk(self, chunk: Chunk, rejected: list[dict[str, Any]], totals: Totals) -> None:
        """Move the bar; print the lines to correct above it."""
        for one in rejected:
            self._console.print(f"ligne {one['line']} : {one['message']}")
        said = f"{totals.lines} lignes, {totals.rejected} rejetées"
        self._progress.update(self._task, completed=chunk.read, said=said)

    def waiting(self, problem: str, seconds: float) -> None:
        """Why nothing moves, and until when."""
        after = f"{seconds:g}".replace(".", ",")
        self._console.print(f"{problem} : nouvel essai dans {after} s. Ctrl-C arrête.")

    def end(self, totals: Totals, problem: str | None) -> None:
        """The totals, in a sentence."""
        self._progress.stop()
        if problem:
            self._console.print(f"Import interrompu : {problem}")
        told = f"{totals.created} créés, {totals.updated} modifiés, {totals.unchanged} inchangés"
        self._console.print(f"{totals.lines} lignes : sites {told}, {totals.rejected} lignes rejetées.")


class JsonLines:
    """For programs: an object a line, `event` says which."""

    def __init__(self, size: int, out: TextIO) -> None:
        self._size, self._out = size, out

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.flush()

    def chunk(self, chunk: Chunk, rejected: list[dict[str, Any]], totals: Totals) -> None:
        """The lines to correct, then how far it is."""
        for one in rejected:
            self._say("rejected", **one)
        self._say("progress", bytes=chunk.read, of=self._size, **asdict(totals))

    def waiting(self, problem: str, seconds: float) -> None:
        """The same, for programs."""
        self._say("waiting", problem=problem, seconds=seconds)

    def end(self, totals: Totals, problem: str | None) -> None:
        """The totals, and what stopped it if something did."""
        self._say("interrupted" if problem else "done", **({"problem": problem} if problem else {}), **asdict(totals))

    def _say(self, event: str, **values: object) -> None:
        print(json.dumps({"event": event, **values}, ensure_ascii=False), file=self._out, flush=True)


def report(size: int, out: TextIO) -> Report:
    """What fits `out`."""
    return Terminal(size, out) if out.isatty() else JsonLines(size, out)

"""What was measured of dsn, as a part of docs/performance.md that the other measures leave as it is."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from benchmarks.report import DSN_PART, put

Figures = Mapping[str, Any]


def markdown(found: Mapping[str, Figures], load: float) -> str:
    """The part. `found`: the figures of each measure by its name."""
    reading, memory, imported = found["reading"], found["memory"], found["importing"]
    swept, counted = found["sweeping"], found["counting"]
    lines = [
        DSN_PART,
        f"Written by `make bench-dsn` on {datetime.now(UTC):%d/%m/%Y}; load average when it began: {load:.2f}. One"
        " process, PostgreSQL on the same machine of two cores.",
        "",
        "| what | ours | bare | ours / bare | asked |",
        "| --- | --- | --- | --- | --- |",
        f"| reader, lines a second of wall clock (bare: slicing alone) | {reading['ours']:,.0f} |"
        f" {reading['bare']:,.0f} | {reading['ratio']:.2f} | 200,000 |",
        f"| memory that one declaration of {memory['file']} MB adds, MB | {memory['added']:.1f} | – | – | 50 |",
        _seconds(f"{imported['declarations']:,} declarations imported, s (bare: inserts)", imported, "120"),
        _seconds(
            f"sweep of {swept['sites']:,} sites × {swept['months']} months, s (bare: reads);"
            f" {swept['megabytes']:.0f} MB of memory, {swept['added']:.0f} more than before",
            swept,
            "300 and 500 MB",
        ),
        _counts(f"choice screen of {counted['sites']:,} sites, ms, alone", counted, "", "–"),
        _counts("the same while a file is imported, ms", counted, "_during", "ratio 1.2"),
        "",
    ]
    return "\n".join(lines)


def _seconds(what: str, figures: Figures, asked: str) -> str:
    ours, bare = figures["seconds"], figures["bare"]
    return f"| {what} | {ours:.1f} | {bare:.1f} | {ours / bare:.1f} | {asked} |"


def _counts(what: str, figures: Figures, when: str, asked: str) -> str:
    ours, bare = figures[f"ours{when}"], figures[f"bare{when}"]
    return f"| {what} | {ours:.1f} | {bare:.1f} | {ours / bare:.2f} | {asked} |"


def write(found: Mapping[str, Figures], load: float) -> None:
    """Put the part at the end of the page, in place of the one that was there."""
    put(DSN_PART, markdown(found, load))

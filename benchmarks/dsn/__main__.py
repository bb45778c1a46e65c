"""`python -m benchmarks.dsn`: all in one run, written into docs/performance.md; `--scale 0.01` is a trial, printed."""

import argparse
import json
from typing import Any

from benchmarks.dsn import reading, report, storing
from benchmarks.dsn.world import open_world
from benchmarks.report import load_average

SITES, MONTHS, PEOPLE, MEGABYTES = 20_000, 36, 20_000, 300


def show(title: str, figures: dict[str, Any]) -> dict[str, Any]:
    """Say it at once: a run is long."""
    print(title, json.dumps(figures, default=float), flush=True)
    return figures


def main() -> None:
    """Measure, print, and write when it was the whole."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--scale", type=float, default=1.0)
    scale = words.parse_args().scale
    load, file = load_average(), max(1, int(MEGABYTES * scale))
    found = {"reading": show("reading, lines/s", reading.measure(int(PEOPLE * scale)))}
    found["memory"] = show("reading, MB of memory", {"file": file, "added": reading.memory(file)})
    with open_world(int(storing.MANY * scale), "2026-09") as world:
        found["counting"] = show("counting, ms", storing.counted(world))
    with open_world(int(SITES * scale), "2026-10") as world:
        found["importing"] = show("importing", storing.imported(world))
    with open_world(int(SITES * scale), "2023-11") as world:
        found["sweeping"] = show("sweeping", storing.swept(world, MONTHS))
    print(report.markdown(found, load))
    if scale == 1:
        report.write(found, load)


if __name__ == "__main__":
    main()

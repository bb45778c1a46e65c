"""`python -m benchmarks.dsn`: everything, in one run; `--scale 0.01` is a trial."""

import argparse
import json

from benchmarks.dsn import reading, storing
from benchmarks.dsn.world import open_world

SITES, MONTHS, PEOPLE, MEGABYTES = 20_000, 36, 20_000, 300


def show(title: str, figures: object) -> None:
    """Say it at once: a run is long."""
    print(title, json.dumps(figures, default=float), flush=True)


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--scale", type=float, default=1.0)
    scale = words.parse_args().scale
    show("reading, lines/s", reading.measure(int(PEOPLE * scale)))
    show("reading, MB of memory", reading.memory(max(1, int(MEGABYTES * scale))))
    with open_world(int(SITES * scale), "2026-10") as world:
        show("importing", storing.imported(world))
    with open_world(int(SITES * scale), "2023-11") as world:
        show("sweeping", storing.swept(world, MONTHS))
    with open_world(int(storing.MANY * scale), "2026-09") as world:
        show("counting, ms", storing.counted(world))


if __name__ == "__main__":
    main()

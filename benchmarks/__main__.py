"""`python -m benchmarks`: everything, in one run; `--quick` is a trial of a minute that writes nothing."""

import argparse
import json
from statistics import median
from typing import Any

from benchmarks import bare, growth, latency, ours, peers, report, single
from benchmarks.world import World, fill_outbox, open_world


def throughput(world: World, events: int, rounds: int) -> dict[str, dict[str, float]]:
    """Medians of ours and the bare limit, measured in turn; the single version once, on fewer events."""
    found: dict[str, dict[str, list[float]]] = {who: {"publish": [], "relay": [], "consume": []} for who in SIDES}
    for _ in range(rounds):
        for who, side in SIDES.items():
            world.clean()
            found[who]["publish"].append(side.publish(world, events))
            world.clean()
            fill_outbox(world, events)
            found[who]["relay"].append(side.relay(world, events))
            found[who]["consume"].append(side.consume(world, events))
        show("round", {who: {step: round(values[-1]) for step, values in of.items()} for who, of in found.items()})
    few = max(200, events // 20)
    world.clean()
    fill_outbox(world, few)
    alone = {"relay": single.relay(world, few), "consume": single.consume(world, few)}
    medians = {who: {step: median(values) for step, values in of.items()} for who, of in found.items()}
    return {**medians, "single": alone}


SIDES: dict[str, Any] = {"ours": ours, "bare": bare}


def show(title: str, figures: object) -> None:
    """Say it at once: a run is long."""
    print(title, json.dumps(figures, default=lambda value: round(value, 1)), flush=True)


def main() -> None:
    """Measure and write."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--events", type=int, default=20_000)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--rate", type=int, default=200)
    words.add_argument("--largest", type=int, default=1_000_000)
    given = words.parse_args()
    if given.quick:
        given.events, given.rounds, given.largest = 3000, 1, 10_000
    about = report.versions()
    found: dict[str, Any] = {"rounds": given.rounds, "events": given.events, "rate": given.rate}
    with open_world() as world:
        found |= throughput(world, given.events, given.rounds)
        seconds = 5 if given.quick else 20
        found["latency"] = {who: latency.measure(world, who, given.rate, seconds) for who in SIDES}
        show("latency", found["latency"])
        sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= given.largest]
        found["growth"] = [growth.measure(world, size, min(given.events, 10_000), given.rounds) for size in sizes]
        show("growth", found["growth"])
        found["peers"] = {}
        for name, peer in (("Celery", peers.celery), ("FastStream", peers.faststream)):
            world.clean()
            found["peers"][name] = peer(world, 300 if given.quick else 3000)
        show("peers", found["peers"])
    if given.quick:
        print(report.markdown(found, about))
    else:
        report.write(found, about)


if __name__ == "__main__":
    main()

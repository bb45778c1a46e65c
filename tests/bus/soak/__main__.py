"""`python -m tests.bus.soak`: one soak on servers of its own, and what the books say."""

import argparse
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.bus.soak.ground import Ground
from tests.bus.soak.run import Soak
from tests.support.postgres import start_postgres
from tests.support.processes import Zygote
from tests.support.rabbitmq import start_rabbitmq


def main() -> None:
    """20 000 commands under 200 kills and all the rest, in some minutes. Ends with 1 when the books do not balance."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--commands", type=int, default=20_000)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--rounds", type=int, default=3, help="how often each kind of poison, line and death comes")
    words.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    words.add_argument("--start-pause", type=float, default=5.0, help="of the workers, in seconds")
    words.add_argument("--keep", action="store_true", help="leave the folder with the logs")
    given = words.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a time limit ends the run as Ctrl-C does
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    postgres, rabbitmq, zygote = start_postgres(folder / "postgres"), start_rabbitmq(folder / "rabbitmq"), Zygote()
    ground = Ground(postgres, rabbitmq, zygote, folder)
    try:
        soak = Soak(ground, given.commands, given.kills, given.seed, rounds=given.rounds, start_pause=given.start_pause)
        books = soak.run()
        ground.ledger.enough(kills=given.kills, operations=given.commands)
        print(books)
        sys.exit(0 if books.clean else 1)
    finally:
        ground.close()
        zygote.close()
        rabbitmq.close()
        postgres.destroy()
        if given.keep:
            print(f"logs in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

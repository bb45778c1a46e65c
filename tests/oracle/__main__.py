"""`python -m tests.oracle`: the run on servers of its own. Ends with 1 when anything differs."""

import argparse
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.oracle.ground import Ground
from tests.oracle.run import BEGIN, run
from tests.support.postgres import start_postgres
from tests.support.rabbitmq import start_rabbitmq


def main() -> None:
    """2 000 sites over 18 months, a year of it a day at a time, a worker killed ten times."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sites", type=int, default=2_000)
    words.add_argument("--months", type=int, default=18)
    words.add_argument("--days", type=int, default=365)
    words.add_argument("--kills", type=int, default=10)
    words.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    words.add_argument("--keep", action="store_true", help="leave the folder with the logs")
    given = words.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="oracle-"))
    folder.chmod(0o755)
    print(f"seed {given.seed}", flush=True)
    postgres, rabbitmq = start_postgres(folder / "postgres", fsync=False), start_rabbitmq(folder / "rabbitmq")
    ground = Ground(postgres, rabbitmq, folder, BEGIN)
    try:
        asked = {name: getattr(given, name) for name in ("sites", "months", "days", "kills", "seed")}
        outcome = run(ground, **asked)
        print(outcome)
        sys.exit(0 if outcome.clean else 1)
    finally:
        ground.close()
        rabbitmq.close()
        postgres.destroy()
        if given.keep:
            print(f"logs in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

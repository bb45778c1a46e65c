"""Make the databases of a version, empty, by its own migrations: run inside that version's folder, with its code alone.

Its input is JSON: {service: address of an empty database}.
"""

import json
import sys
from pathlib import Path

from backbone import migrations
from backbone.engines import make_engine


def main() -> None:
    """Migrate each."""
    for service, url in json.load(sys.stdin).items():
        engine = make_engine(url)
        migrations.migrate(engine, Path("services") / service / "migrations")
        engine.dispose()


if __name__ == "__main__":
    main()

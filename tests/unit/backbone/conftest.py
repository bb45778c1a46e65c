"""An empty SQLite database with the backbone's tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from backbone.store.engines import make_engine
from backbone.store.tables import tables


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    """A connection inside a transaction."""
    engine = make_engine(f"sqlite:///{tmp_path / 'unit.db'}")
    metadata = sa.MetaData()
    tables(metadata)
    metadata.create_all(engine)
    with engine.begin() as opened:
        yield opened
    engine.dispose()

"""A stage for each fault test, on the session's real servers."""

from collections.abc import Iterator

import pytest

from tests.support.processes import Zygote
from tests.support.stage import Stage


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """What the drill's processes are forked from."""
    zygote = Zygote()
    yield zygote
    zygote.close()


@pytest.fixture
def stage(postgres, rabbitmq, zygote, tmp_path) -> Iterator[Stage]:
    """Databases and a virtual host of one's own; what still runs at the end is ended."""
    stage = Stage(postgres, rabbitmq, zygote, tmp_path)
    yield stage
    stage.close()

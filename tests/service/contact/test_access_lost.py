"""An access that is lost while a message is being sent: what is asked is whether it is there as it is written (C9)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from backbone.events.envelope import decode
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY
from contracts.events.access import project_access
from contracts.events.delegation import DELEGATION_CLOSED
from services.contact.domain.ports import Detect
from services.contact.storage.accounts import lock_account
from services.contact.storage.tables import message
from tests.service.contact.sending import ME, write
from tests.support.documents import PDF
from tests.support.ports import eventually

WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def waiting(under: ServiceUnderTest) -> int:
    with under.engine.connect() as connection:
        return int(connection.execute(WAITING).scalar_one())


def messages(under: ServiceUnderTest) -> int:
    with under.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(message)).scalar_one())


def test_aa33_an_access_that_ends_while_the_files_come_sends_nothing_and_keeps_no_file(
    under: ServiceUnderTest, store: Callable[[], list[Path]]
) -> None:
    detect = under.service.port(Detect)

    def detect_late(*given: Any, **named: Any) -> Any:
        """The files are here: the access was there when the first byte came, and is not any more."""
        under.deliver(DELEGATION_CLOSED, sequence=2)
        return detect(*given, **named)

    under.service.wiring.replace(Detect, detect_late)
    assert write(under, ("bordereau.pdf", PDF)).status == 404
    assert (messages(under), under.recorded(), store()) == (0, [], [])


def test_aa33_an_access_that_ends_while_another_message_is_being_written_sends_nothing(
    under: ServiceUnderTest,
) -> None:
    closed = under.delivery(DELEGATION_CLOSED, DELEGATION_CLOSED.load(DELEGATION_CLOSED.example), 2)
    with ThreadPoolExecutor(1) as pool, under.unit() as uow:
        lock_account(uow.connection, ME)  # as a message of the same person does until it is written
        project_access([decode(REGISTRY, closed.headers, closed.body)], uow=uow)
        late = pool.submit(write, under)
        if under.engine.dialect.name == "postgresql":  # on SQLite whoever writes waits anyway
            eventually(lambda: waiting(under), limit=30, what="nobody waits")
        uow.commit()
    assert late.result(60).status == 404
    assert (messages(under), under.recorded()) == (0, [])

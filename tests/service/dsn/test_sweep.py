"""The sweep stands where its last commit left it: what is undone or cut short is looked at again, and told (FA17)."""

from collections import Counter
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.site import Patience
from services.dsn.storage.tables import alert, site
from services.dsn.use_cases import sweep_sites
from tests.service.dsn.system import Dsn


class Failing(UnitOfWork):
    """A unit whose commits fail when their time comes."""

    errors: list[Exception | None] = []

    def commit(self) -> None:
        """Like a deferred constraint, or a line that dies with the answer to COMMIT."""
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        super().commit()


@pytest.fixture
def four(dsn: Dsn, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Four sites without a declaration whose time nobody wrote down: the sweep alone sees them, two at a time."""
    ids = sorted(dsn.site(siret=f"7328293200007{number}") for number in range(1, 5))
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(next_eval_at=None))
    monkeypatch.setattr(sweep_sites, "BATCH", 2)
    dsn.at("2027-07-01")
    return ids


def swept(dsn: Dsn, *errors: Exception | None) -> int:
    """Sweep; the commits fail as `errors` say, one after the other."""
    Failing.errors = list(errors)

    def units() -> UnitOfWork:
        return Failing(dsn.engine, source="dsn", clock=dsn.clock)

    return sweep_sites.sweep_sites(units=units, patience=dsn.service.port(Patience))


def judged(dsn: Dsn) -> list[UUID]:
    """The sites that have the alerts of the winter, not only those of their first days."""
    told = Counter(row.site_id for row in dsn.rows(sa.select(alert.c.site_id)))
    return sorted(one for one, count in told.items() if count > 3)


def test_a_batch_whose_commit_fails_is_judged_all_the_same(dsn: Dsn, four: list[UUID]) -> None:
    assert swept(dsn, sa.exc.IntegrityError("COMMIT", {}, Exception("deferred"))) > 0
    assert judged(dsn) == four


def test_what_is_undone_is_not_counted_and_what_is_done_is_told_before_the_next(
    dsn: Dsn, four: list[UUID], caplog: pytest.LogCaptureFixture
) -> None:
    away = sa.exc.OperationalError("COMMIT", {}, Exception("gone"))
    with pytest.raises(sa.exc.OperationalError):
        swept(dsn, None, away)
    assert judged(dsn) == four[:2]
    assert [one.message for one in caplog.records if one.name == sweep_sites.__name__] == ["sweep found"]
    assert swept(dsn) > 0
    assert judged(dsn) == four

"""One site that cannot be judged does not keep the others from being looked at, by the clock or by the sweep (FA17)."""

from collections import Counter

import pytest
import sqlalchemy as sa

from services.dsn.steps import evaluate_sites as use_case
from services.dsn.storage.tables import alert, site


def judged(dsn, ids):
    """Whether each site has alerts of the winter."""
    told = Counter(row.site_id for row in dsn.rows(sa.select(alert.c.site_id)))
    return [told[one] > 3 for one in ids]


@pytest.fixture
def three(dsn, monkeypatch):
    """Three sites without a declaration, the first of which cannot be judged."""
    ids = sorted(dsn.site(siret=f"7328293200007{number}") for number in range(1, 4))
    real, bad = use_case.sites.life_of, ids[0]

    def life_of(row, *rest):
        if row.site_id == bad:
            raise ValueError(bad)
        return real(row, *rest)

    monkeypatch.setattr(use_case.sites, "life_of", life_of)
    return ids


def test_the_others_are_looked_at_when_their_time_comes(dsn, three):
    dsn.at("2027-07-01")
    assert judged(dsn, three) == [False, True, True]


def test_the_others_are_swept(dsn, three):
    with dsn.engine.begin() as connection:
        connection.execute(sa.update(site).values(next_eval_at=None))
    dsn.at("2027-07-01")
    assert dsn.run_job("sweep") > 0
    assert judged(dsn, three) == [False, True, True]

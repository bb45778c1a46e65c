"""Files, the clock and the referential at the same time: nobody waits for ever, and one truth comes out."""

import random
import threading

import sqlalchemy as sa

from backbone.ids import new_id
from services.dsn.storage.tables import alert, declaration, site
from tests.service.dsn.system import Dsn
from tools.dsn_synth.identifiers import siret
from tools.dsn_synth.monthly import Monthly, render, rubrics

SITES, PERIODS = 12, ("2026-08", "2026-09")
SIRETS = [siret("732829320", one) for one in range(SITES)]
FILES = [render(rubrics(Monthly(one, period))) for one in SIRETS for period in PERIODS]


def states():
    """One adhérent per site, its two months expected."""
    life = {"due_day": 15, "first_period": PERIODS[0], "last_period": PERIODS[-1]}
    return [(new_id(), {"site_id": new_id(), "siret": one, "nom": "Siège", **life}) for one in SIRETS]


def shuffled_lot(seed):
    """Every file, in an order of its own."""
    return b"".join(random.Random(seed).sample(FILES, len(FILES)))


def test_everything_at_once_leads_to_the_same_state(dsn: Dsn):
    failures, told = [], states()

    def act(what):
        try:
            what()
        except Exception as error:
            failures.append(error)

    def send(seed):
        answer = dsn.send(shuffled_lot(seed))
        assert answer.status == 200, answer.json

    def tell():
        for adherent_id, one in told:
            dsn.referential([one], adherent_id=adherent_id, look=False)

    def look():
        for _ in range(6):
            dsn.run_job("evaluate_due_sites")

    acts = [lambda seed=seed: send(seed) for seed in range(3)] + [tell, look]
    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(100)
    assert not failures
    dsn.run_job("evaluate_due_sites")
    assert dsn.rows(sa.select(sa.func.count()).select_from(declaration)) == [(len(FILES),)]
    assert dsn.rows(sa.select(sa.func.sum(site.c.open_alerts), sa.func.count()).select_from(site)) == [(0, SITES)]
    assert dsn.rows(sa.select(alert.c.status).where(alert.c.status == "OPEN")) == []
    assert dsn.rows(sa.select(declaration.c.identity).where(declaration.c.quarantined_at.is_not(None))) == []

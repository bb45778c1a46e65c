"""Odd declarations as they come by HTTP: a néant whose caisse answers it, fractions that contradict each other, codes
that are empty, counts with zeros before them."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock
from services.dsn.app import build
from services.dsn.settings import Settings
from services.dsn.storage.tables import site
from tests.service.dsn.system import SIRET, Dsn
from tests.service.dsn.test_suivi import answer, months
from tools.dsn_synth.monthly import Monthly
from tools.dsn_synth.mutations import VALID


@pytest.fixture
def waiting(database_url: str, clock: FixedClock) -> Iterator[Dsn]:
    """The service of caisses of which IDF answers a néant."""
    settings = Settings.of(database_url=database_url, broker_url="embedded:", opening_grace_days=0, neant_waits="IDF")
    service = Dsn(build, settings, clock=clock)
    yield service
    service.close()


def state(dsn: Dsn, **life: str) -> tuple[str, str]:
    """How September of the only site stands, in one word and in people's words."""
    site_id = dsn.site(last="2026-09", **life)
    dsn.grant(site_id)
    (found,) = months(dsn, site_id, "year=2026")
    return found["state"], found["state_label"]


def test_a_neant_is_processed_until_its_caisse_answers_it_where_it_does(waiting: Dsn) -> None:
    """Decision 43: the setting of a caisse; elsewhere it is accepted as it comes."""
    waiting.declare("2026-09", type="02", people=0)
    assert state(waiting)[0] == "EN_TRAITEMENT"
    answer(waiting, "2026-09", 0, type="02", people=0)
    ((site_id,),) = waiting.rows(sa.select(site.c.site_id))
    (found,) = months(waiting, site_id, "year=2026")
    assert found["state"] == "ACCEPTEE_NEANT"


def test_a_neant_with_anomalies_that_is_processed_again_stays_to_rectify(dsn: Dsn) -> None:
    dsn.declare("2026-09", type="02", people=0)
    for code, day in ((1, "2026-11-20"), (None, "2026-11-21")):
        answer(dsn, "2026-09", code, day, type="02", people=0)
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    assert [one["periode"] for one in dsn.alerts(site_id)] == ["DSN Septembre-2026: Une déclaration à rectifier"]


@pytest.mark.parametrize(
    ("fractions", "label"),
    [(("12", "11"), "Fractions qui se contredisent"), (("12",), "1 fraction sur 2")],
    ids=["contradict", "incomplete"],
)
def test_fractions_are_counted_aloud_when_that_says_something(dsn: Dsn, fractions: tuple[str, ...], label: str) -> None:
    for number, fraction in enumerate(fractions):
        dsn.declare("2026-09", fraction=fraction, declarant=f"7328293200007{number}")
    assert state(dsn) == ("PARTIELLE", label)


def test_zeros_before_a_count_are_no_fault(dsn: Dsn) -> None:
    (zeros,) = [one for one in VALID if one.name == "zeros before the counts"]
    dsn.site(last="2026-09")
    sent = dsn.send(zeros.make(Monthly(siret=SIRET, period="2026-09")))
    assert [each["status"] for each in sent.json["declarations"]] == ["OK"]


def test_an_empty_fund_code_is_none(dsn: Dsn) -> None:
    """The declaration then names no caisse: it reached nobody."""
    dsn.declare("2026-09", fund_code=" ")
    assert state(dsn) == ("MANQUANTE", "Essai / non adressée à la caisse")

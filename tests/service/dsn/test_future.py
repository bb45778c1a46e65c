"""A date in the future is said and never wins: neither against an answer of the caisse nor between deposits."""

from datetime import UTC, datetime

from tests.service.dsn.system import ACCOUNT, SIRET
from tools.dsn_synth import crm
from tools.dsn_synth.monthly import Monthly, render, rubrics

SEPTEMBER = Monthly(siret=SIRET, period="2026-09")
OF_2099 = Monthly(siret=SIRET, period="2026-09", deposited_at=datetime(2099, 1, 1, 10, 30))


def verdicts(answer):
    """(status, code) of each piece of the file."""
    return [(one["status"], one["code"]) for one in answer.json["declarations"]]


def state(dsn, site_id):
    """What the Suivi DSN says of September, and when it was received."""
    months = dsn.get(f"/v1/sites/{site_id}/suivi", as_=ACCOUNT).json["items"]
    return next((one["state"], one["received_at"], one["late"]) for one in months if one["periode"] == "2026-09")


def test_an_answer_of_2099_is_said_and_a_true_one_wins_whichever_came_first(dsn):
    site_id = dsn.site()
    dsn.grant(site_id)
    dsn.declare("2026-09")

    def answer(code, day):
        return verdicts(
            dsn.send(crm.render([crm.crm(SEPTEMBER, code, datetime.fromisoformat(day).replace(tzinfo=UTC))]))
        )

    assert answer(1, "2099-01-01") == [("WARN", "date_future")]
    assert state(dsn, site_id)[0] == "A_RECTIFIER"
    assert answer(0, "2026-10-20") == [("OK", None)]
    assert state(dsn, site_id)[0] == "ACCEPTEE"
    assert answer(2, "2099-06-01") == [("WARN", "date_future")]
    assert state(dsn, site_id)[0] == "ACCEPTEE"


def test_a_time_of_deposit_in_2099_is_said_and_counts_as_unknown(dsn):
    site_id = dsn.site()
    dsn.grant(site_id)
    assert verdicts(dsn.send(render(rubrics(OF_2099)))) == [("WARN", "date_future")]
    assert state(dsn, site_id) == ("EN_TRAITEMENT", None, False)


def test_a_file_without_a_time_of_deposit_is_never_late_whatever_day_it_is_imported(dsn):
    """A bare send has no service block: its reception is unknown (the site list says « – », not the day of import)."""
    site_id = dsn.site()
    dsn.grant(site_id)
    bare = Monthly(siret=SIRET, period="2026-09", service_blocks=False)
    assert verdicts(dsn.send(render(rubrics(bare)))) == [("OK", None)]
    assert state(dsn, site_id) == ("EN_TRAITEMENT", None, False)

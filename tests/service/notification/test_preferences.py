"""What people choose to be written about, by the page and by the link of a mail."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from tests.service.notification.alerts import Alerts
from tests.support.smtp import SmtpSink

WISHES = {"alertes_dsn": "hebdomadaire", "avis_documents": "chaque_fois", "nouvelles_caisse": "jamais"}


@pytest.fixture
def alerts(under: ServiceUnderTest) -> Alerts:
    return Alerts(under)


def known(alerts: Alerts, account: UUID, firm: UUID | None = None) -> dict[str, Any]:
    path = "/v1/preferences" + (f"?adherent_id={firm}" if firm else "")
    answer = alerts.under.get(path, as_=account)
    assert answer.status == 200, answer.json
    return {one["subject"]: (one["rhythm"], one["chosen"]) for one in answer.json["items"]}


def choose(alerts: Alerts, account: UUID, firm: UUID | None, **changes: str) -> int:
    path = "/v1/preferences" + (f"?adherent_id={firm}" if firm else "")
    return alerts.under.put(path, as_=account, json={**WISHES, **changes}).status


def link(alerts: Alerts, sink: SmtpSink) -> str:
    """The token of the link in the last mail's header."""
    found = re.fullmatch(r"<https://espace\.example\.com/lien/preferences/(.+)>", sink.messages[-1]["List-Unsubscribe"])
    assert found
    return found[1]


def tell(alerts: Alerts) -> None:
    alerts.open()
    alerts.under.clock.set(datetime.fromisoformat("2026-11-24T07:31:00+01:00"))
    assert alerts.run() == 1


def test_until_somebody_says_otherwise_alerts_are_daily_and_the_rest_is_asked_for(alerts: Alerts) -> None:
    account = alerts.person()
    usual = {
        "alertes_dsn": ("quotidien", False),
        "avis_documents": ("jamais", False),
        "nouvelles_caisse": ("jamais", False),
    }
    assert known(alerts, account, alerts.firm) == known(alerts, account) == usual


def test_they_are_ones_own_company_by_company(alerts: Alerts) -> None:
    other = new_id()
    account, stranger = alerts.person(firms=[alerts.firm, other]), alerts.person("autre@example.com")
    assert choose(alerts, account, alerts.firm) == 204
    assert known(alerts, account, alerts.firm)["alertes_dsn"] == ("hebdomadaire", True)
    assert known(alerts, account, other)["alertes_dsn"] == ("quotidien", False)
    assert known(alerts, stranger, alerts.firm)["alertes_dsn"] == ("quotidien", False)


def test_for_all_takes_the_place_of_each_and_is_for_those_of_tomorrow(alerts: Alerts) -> None:
    account = alerts.person()
    choose(alerts, account, alerts.firm)
    assert choose(alerts, account, None, alertes_dsn="jamais") == 204
    tomorrow = new_id()
    alerts.grant(account, firm=tomorrow)
    assert known(alerts, account, alerts.firm)["alertes_dsn"] == known(alerts, account, tomorrow)["alertes_dsn"]
    assert known(alerts, account, tomorrow)["alertes_dsn"] == ("jamais", True)
    choose(alerts, account, alerts.firm, alertes_dsn="quotidien")
    assert known(alerts, account, alerts.firm)["alertes_dsn"] == ("quotidien", True)


@pytest.mark.parametrize(
    "changes",
    [{"alertes_dsn": "chaque_fois"}, {"avis_documents": "quotidien"}, {"nouvelles_caisse": ""}, {"securite": "jamais"}],
)
def test_what_is_no_choice_is_refused_whole(alerts: Alerts, changes: dict[str, str]) -> None:
    account = alerts.person()
    assert choose(alerts, account, alerts.firm, **changes) == 422
    assert known(alerts, account, alerts.firm)["alertes_dsn"] == ("quotidien", False)


def test_a_company_that_is_not_mine_is_not_found(alerts: Alerts) -> None:
    account = alerts.person()
    assert choose(alerts, account, new_id()) == 404
    assert alerts.under.get(f"/v1/preferences?adherent_id={new_id()}", as_=account).status == 404
    assert alerts.under.get("/v1/preferences").status == 401


def test_the_link_of_the_mail_stops_it_without_login_and_for_all(alerts: Alerts, sink: SmtpSink) -> None:
    account = alerts.person()
    choose(alerts, account, alerts.firm, alertes_dsn="quotidien")
    tell(alerts)
    token = link(alerts, sink)
    asked = alerts.under.post("/v1/preferences/stops/lookup", json={"token": token})
    assert (asked.status, asked.json) == (200, {"subject": "alertes_dsn", "stopped": False})
    for _ in range(2):
        assert alerts.under.post("/v1/preferences/stops", json={"token": token}).status == 204
    assert alerts.under.post("/v1/preferences/stops/lookup", json={"token": token}).json["stopped"] is True
    assert known(alerts, account, alerts.firm)["alertes_dsn"] == ("jamais", True)
    assert known(alerts, account, alerts.firm)["avis_documents"] == ("chaque_fois", True)
    alerts.open()
    alerts.under.clock.set(datetime.fromisoformat("2026-11-25T07:31:00+01:00"))
    assert alerts.run() == 0


def test_a_link_that_was_changed_stops_nothing(alerts: Alerts, sink: SmtpSink) -> None:
    account = alerts.person()
    tell(alerts)
    token = link(alerts, sink)
    for changed in (f"B{token[1:]}", token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "é"):
        assert alerts.under.post("/v1/preferences/stops", json={"token": changed}).status == 410
    assert known(alerts, account)["alertes_dsn"] == ("quotidien", False)

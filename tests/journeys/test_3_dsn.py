"""DSN: a month without a declaration raises an alert, a real NEODeS file imported for it resolves it (G62–G65)."""

import httpx
from playwright.sync_api import expect

from tests.journeys.companies import a_company, machine_token, missing, period
from tests.journeys.stories import Someone, a_founder
from tests.journeys.systems import System
from tests.support.ports import eventually
from tools.dsn_synth.monthly import Monthly, render, rubrics


def test_a_declaration_that_arrives_late_takes_the_alert_away(system: System, someone: Someone) -> None:
    company = a_company(Siège=period(2))
    founder = a_founder(system, someone, company)
    page = founder.page
    eventually(lambda: _shows(founder, _bell(missing(period(2)))), limit=30, every=0.5, what="the alert to come")
    founder.open("/choix/alertes")
    expect(page.get_by_role("main").get_by_role("row").filter(has_text="Déclaration manquante")).to_have_count(
        len(missing(period(2)))
    )
    founder.in_space("")
    headers = {"Authorization": f"Bearer {machine_token(system)}", "Content-Type": "application/octet-stream"}
    for month in missing(period(2)):
        file = render(rubrics(Monthly(company.siret("Siège"), month)))
        answer = httpx.post(f"{system.api('dsn')}/v1/imports", content=file, headers=headers, timeout=30)
        assert answer.raise_for_status().json()["declarations"][0]["status"] in ("OK", "WARN"), answer.text
    eventually(lambda: _shows(founder, "Aucune alerte DSN"), limit=30, every=0.5, what="the alert to go away")
    founder.in_space("suivi-dsn")
    expect(page.get_by_role("heading", name="Suivi DSN")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("en cours de traitement")


def _bell(months: list[str]) -> str:
    return f"{len(months)} alerte{'s' if len(months) > 1 else ''} DSN"


def _shows(person: object, text: str) -> bool:
    page = person.page  # type: ignore[attr-defined]
    page.reload()
    return bool(page.get_by_text(text).or_(page.get_by_label(text)).first.is_visible())

"""The digest of the DSN alerts: one mail a person and working day, of what he was not told yet."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.events import delegation, dsn
from contracts.words.alerts import AlertStatus
from contracts.words.functions import DECLARATIONS_SALAIRES, MES_DOCUMENTS
from contracts.words.levels import Level
from contracts.words.preferences import Rhythm, Subject
from contracts.words.reasons import Closed
from contracts.words.statuses import AccountStatus
from services.notification.domain.digest import EVERY
from services.notification.storage import preferences
from services.notification.use_cases import order_digests
from tests.service.notification.alerts import Alerts
from tests.service.notification.mail import rows, subjects, text_of
from tests.support.smtp import SmtpSink
from tests.support.statements import statements

MONDAY_NOON = datetime.fromisoformat("2026-11-23T12:00:00+01:00")
TUESDAY = datetime.fromisoformat("2026-11-24T07:31:00+01:00")


@pytest.fixture
def alerts(under: ServiceUnderTest) -> Alerts:
    under.clock.set(MONDAY_NOON)
    return Alerts(under)


def at(alerts: Alerts, moment: str) -> int:
    """The run of that moment of 2026; how many mails left."""
    alerts.under.clock.set(datetime.fromisoformat(f"2026-{moment}"))
    return alerts.run()


def choose(alerts: Alerts, account: UUID, rhythm: Rhythm, firm: UUID = EVERY) -> None:
    with alerts.under.unit() as uow:
        preferences.choose(uow.connection, account, firm, {Subject.DSN_ALERTS: rhythm}, uow.now)
        uow.commit()


def test_what_was_opened_is_told_the_next_morning_in_one_mail(alerts: Alerts, sink: SmtpSink) -> None:
    alerts.person()
    site = new_id()
    alerts.open(site_id=site, nom="Agence de Lyon")
    alerts.open(
        site_id=site, nom="Agence de Lyon", periode="2026-09", message="DSN Septembre 2026: Une déclaration à rectifier"
    )
    assert at(alerts, "11-24T07:29:00+01:00") == 0
    assert at(alerts, "11-24T07:30:00+01:00") == 1
    assert sink.recipients == ["comptable@example.com"]
    assert subjects(sink) == ["Mon espace CIBTP : Alertes DSN de ENTREPRISE DURAND"]
    said = text_of(sink)
    assert "Bonjour Claire," in said and "2 alertes concernent les déclarations (DSN) de ENTREPRISE DURAND." in said
    lines = [line for line in said.splitlines() if line.startswith(("-  ", "- ", "ENTREPRISE"))]
    assert lines == [
        "ENTREPRISE DURAND : Agence de Lyon (SIRET 73282932000074)",
        "- DSN Septembre 2026: Une déclaration à rectifier",
        "- DSN Octobre 2026: Anomalie dans le traitement / Déclaration manquante",
    ]
    assert f"https://espace.example.com/espace/{alerts.firm}/{site}/suivi-dsn" in said


def test_nothing_is_told_twice_nor_when_there_is_nothing(alerts: Alerts) -> None:
    alerts.person()
    assert at(alerts, "11-24T07:31:00+01:00") == 0
    alerts.open()
    assert at(alerts, "11-24T08:00:00+01:00") == 0  # the run of the day is over
    assert at(alerts, "11-25T07:31:00+01:00") == 1
    assert at(alerts, "11-25T07:40:00+01:00") == 0
    assert at(alerts, "11-26T07:31:00+01:00") == 0


def test_nobody_is_written_to_on_a_day_on_which_nobody_works(alerts: Alerts) -> None:
    alerts.person()
    assert at(alerts, "11-27T07:31:00+01:00") == 0
    alerts.open()
    assert at(alerts, "11-28T09:00:00+01:00") == 0
    assert at(alerts, "11-30T07:31:00+01:00") == 1


def test_it_is_told_again_after_a_week_and_a_month_while_it_is_open(alerts: Alerts, sink: SmtpSink) -> None:
    alerts.person()
    left = alerts.open()
    ended = alerts.open()
    days = {}
    for day in ("11-24", "11-27", "11-30", "12-01", "12-07", "12-22", "12-23", "12-24"):
        days[day] = at(alerts, f"{day}T07:31:00+01:00")
        if day == "11-24":
            alerts.resolve(ended)
    assert [day for day, sent in days.items() if sent] == ["11-24", "11-30", "12-23"]
    assert "(rappel : depuis le 23/11/2026)" in text_of(sink, 1) and text_of(sink, 1).count("\n- ") == 1
    assert left


def test_what_is_quiet_is_nothing_new(alerts: Alerts) -> None:
    alerts.person()
    alerts.open(quiet=True)
    alerts.says(dsn.ALERT_CHANGED, new_id())
    assert [at(alerts, f"{day}T07:31:00+01:00") for day in ("11-24", "11-30", "12-01")] == [0, 0, 0]


def test_a_flap_is_told_once_and_a_true_reopening_again(alerts: Alerts, sink: SmtpSink) -> None:
    alerts.person()
    alert, opened = alerts.open(), alerts.under.clock.now()
    assert at(alerts, "11-24T07:31:00+01:00") == 1
    alerts.resolve(alert)
    alerts.reopen(alert, quiet=True, opened_at=opened)
    assert at(alerts, "11-25T07:31:00+01:00") == 0
    alerts.resolve(alert)
    assert at(alerts, "11-26T07:31:00+01:00") == 0
    alerts.under.clock.set(datetime.fromisoformat("2026-11-28T09:00:00+01:00"))
    alerts.reopen(alert)
    assert at(alerts, "11-30T07:31:00+01:00") == 1
    assert "(de nouveau)" in text_of(sink, 1)


def test_one_that_ended_before_anybody_was_told_is_told_when_it_comes_back(alerts: Alerts) -> None:
    alerts.person()
    alert = alerts.open()
    alerts.resolve(alert)
    assert at(alerts, "11-24T07:31:00+01:00") == 0
    alerts.reopen(alert, quiet=True)
    assert at(alerts, "11-25T07:31:00+01:00") == 1


def test_a_correction_that_waits_for_its_answer_is_not_reminded_of(alerts: Alerts) -> None:
    alerts.person()
    alert, opened = alerts.open(), alerts.under.clock.now()
    assert at(alerts, "11-24T07:31:00+01:00") == 1
    alerts.says(dsn.ALERT_CHANGED, alert, status=AlertStatus.IN_CORRECTION, opened_at=opened)
    assert at(alerts, "12-01T07:31:00+01:00") == 0


@pytest.mark.parametrize(
    ("right", "mails"),
    [
        ({"rights": {DECLARATIONS_SALAIRES: Level.MISE_A_JOUR}}, 1),
        ({"rights": {MES_DOCUMENTS: Level.MISE_A_JOUR}}, 0),
        ({"rights": {}, "administrator": True}, 1),
        ({"starts_on": datetime(2026, 11, 25).date()}, 0),
        ({"ends_on": datetime(2026, 11, 23).date()}, 0),
        ({"confirmed_at": None}, 0),
    ],
)
def test_only_who_may_see_the_declarations_on_that_day(alerts: Alerts, right: dict[str, object], mails: int) -> None:
    alerts.person(**right)
    alerts.open()
    assert at(alerts, "11-24T07:31:00+01:00") == mails


def test_who_lost_the_access_in_between_is_told_nothing(alerts: Alerts) -> None:
    account = alerts.person(firms=[new_id()])
    closed = alerts.grant(account)
    alerts.open()
    over = {"delegation_id": closed, "closed_at": MONDAY_NOON, "reason": Closed.FERMETURE, "administrators": []}
    alerts.grant(account, card=delegation.DELEGATION_CLOSED, **over)
    alerts.under.run_job("send_emails")  # that it was closed
    assert at(alerts, "11-24T07:31:00+01:00") == 0


def test_who_has_no_active_account_is_told_nothing_and_the_address_is_that_of_today(
    alerts: Alerts, sink: SmtpSink
) -> None:
    one, other = alerts.person("avant@example.com"), alerts.person("ferme@example.com")
    alerts.account(one, "apres@example.com")
    alerts.account(other, "ferme@example.com", status=AccountStatus.DESACTIVE)
    alerts.open()
    assert (at(alerts, "11-24T07:31:00+01:00"), sink.recipients) == (1, ["apres@example.com"])


def test_while_the_accesses_are_not_known_nothing_leaves_and_then_it_does(alerts: Alerts) -> None:
    alerts.person()
    alerts.open()
    alerts.under.clock.set(TUESDAY)
    assert alerts.under.run_job("order_digests") == 0 and alerts.looked_at() == []
    alerts.believed()
    assert alerts.under.run_job("order_digests") == 1


def test_a_rhythm_is_obeyed_company_by_company(alerts: Alerts, sink: SmtpSink) -> None:
    weekly, never, usual = new_id(), new_id(), new_id()
    account = alerts.person(firms=[weekly, never, usual])
    choose(alerts, account, Rhythm.WEEKLY, weekly)
    choose(alerts, account, Rhythm.NEVER, never)
    for firm, name in ((weekly, "HEBDO"), (never, "JAMAIS"), (usual, "QUOTIDIEN")):
        alerts.open(firm=firm, nom=name)
    assert at(alerts, "11-24T07:31:00+01:00") == 1
    assert "QUOTIDIEN" in text_of(sink) and "HEBDO" not in text_of(sink)
    assert at(alerts, "11-27T07:31:00+01:00") == 0
    assert at(alerts, "11-30T07:31:00+01:00") == 1
    assert "HEBDO" in text_of(sink, 1) and "JAMAIS" not in text_of(sink, 1)


def test_who_wants_none_at_all_gets_none_and_is_looked_at_once(alerts: Alerts) -> None:
    account = alerts.person()
    choose(alerts, account, Rhythm.NEVER)
    alerts.open()
    assert at(alerts, "11-24T07:31:00+01:00") == 0
    assert alerts.looked_at() == [(account, 0)] and alerts.told() == 0


def test_a_firm_of_three_thousand_sites_is_one_mail(alerts: Alerts, sink: SmtpSink) -> None:
    alerts.person()
    alerts.grant(alerts.person("second@example.com", administrator=True))  # two delegations: still one mail
    alerts.all(dsn.ALERT_OPENED, [alerts.like(dsn.ALERT_OPENED, new_id(), nom=f"Site {n:04}") for n in range(3_000)])
    assert at(alerts, "11-24T07:31:00+01:00") == 2
    said = text_of(sink)
    assert "3000 alertes concernent" in said
    assert said.count("(SIRET ") == 20 and "… et 2980 autres sites." in said
    assert "https://espace.example.com/choix?alertes=1" in said
    assert alerts.told() == 6_000


def test_the_statements_are_as_many_for_one_person_as_for_fifty(alerts: Alerts) -> None:
    alerts.person()
    alerts.open()
    alerts.under.clock.set(TUESDAY)
    alerts.believed()
    few = statements(alerts.under.engine, lambda: alerts.under.run_job("order_digests"))
    alerts.under.clock.advance(timedelta(days=1))
    alerts.believed()
    for number in range(50):
        alerts.person(f"p{number}@example.com")
    alerts.open()
    many = statements(alerts.under.engine, lambda: alerts.under.run_job("order_digests"))
    assert len(alerts.looked_at()) == 52
    assert len(many) <= len(few) + 1


def test_a_run_that_is_killed_goes_on_and_tells_nobody_twice(
    alerts: Alerts, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_digests, "PEOPLE", 3)
    people = [f"p{number}@example.com" for number in range(10)]
    for email in people:
        alerts.person(email)
    alerts.open()
    alerts.under.clock.set(TUESDAY)
    alerts.believed()
    written, real = [0], order_digests.order_messages

    def dies(*args: object, **ports: object) -> int:
        written[0] += 1
        if written[0] == 3:
            raise sa.exc.OperationalError("killed", None, Exception())
        return real(*args, **ports)  # type: ignore[arg-type]

    monkeypatch.setattr(order_digests, "order_messages", dies)
    with pytest.raises(sa.exc.OperationalError):
        alerts.under.run_job("order_digests")
    assert len(alerts.looked_at()) == 6
    assert alerts.under.run_job("order_digests") == 4
    assert alerts.under.run_job("send_emails") == 10 and sorted(sink.recipients) == sorted(people)


def test_it_can_be_stopped_from_the_mail_and_is_of_no_use_the_next_day(alerts: Alerts, sink: SmtpSink) -> None:
    account = alerts.person()
    alerts.open()
    assert at(alerts, "11-24T07:31:00+01:00") == 1
    (row,), message = rows(alerts.under), sink.messages[0]
    assert row.send_before == datetime.fromisoformat("2026-11-25T00:00:00+01:00")
    where = str(message["List-Unsubscribe"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert where.startswith("<https://espace.example.com/lien/preferences/") and where[1:-1] in text_of(sink)
    assert str(account) in str(row.context) and where[-20:-1] not in str(row)  # the token is in no row


def test_what_is_long_over_is_forgotten(alerts: Alerts) -> None:
    alerts.person()
    kept, over = alerts.open(), alerts.open()
    at(alerts, "11-24T07:31:00+01:00")
    alerts.resolve(over)
    alerts.under.clock.advance(timedelta(days=61))
    assert alerts.under.run_job("purge_digests") == 1
    assert (alerts.told(), alerts.looked_at(), bool(kept)) == (1, [], True)

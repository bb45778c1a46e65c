"""The open alerts of all sites at once (G62, G65; AA22, AA25, AA33–AA35, C11): who sees which, in which order."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from services.dsn.domain.site import Patience
from services.dsn.queries.alerts_board import alerts_board
from services.dsn.storage.tables import alert
from tests.service.dsn.system import ACCOUNT, DSN_RIGHTS, OTHER_SIRET, SIRET, Dsn
from tests.service.dsn.test_sets import company, plan, statements
from tests.support.statements import built

OTHER = "01930000-0000-7000-8000-0000000000c2"
MISSING, TO_RECTIFY = "Anomalie dans le traitement / Déclaration manquante", "Une déclaration à rectifier"
LIFE = {"first_period": "2026-08", "last_period": "2026-09", "due_day": 15}


def board(dsn: Dsn, query: str = "", account: Any = ACCOUNT) -> dict[str, Any]:
    """The whole answer."""
    answer = dsn.get(f"/v1/alerts?{query}", as_=account)
    assert answer.status == 200, answer.json
    return dict(answer.json)


def told(dsn: Dsn, query: str = "", account: Any = ACCOUNT) -> list[tuple[str, ...]]:
    """Company, site and month of each line."""
    return [(one["raison_sociale"], one["nom"], one["periode"]) for one in board(dsn, query, account)["items"]]


def two_companies(dsn: Dsn) -> None:
    """Zoé with one month, Écho with two sites of two months each, of which one is to be rectified; one has none."""
    dsn.site(site_id=(zoe := new_id()), raison_sociale="ZOÉ", siret="40483304800022", last="2026-09")
    sites = [
        {"site_id": new_id(), "siret": one, "nom": nom, **LIFE}
        for one, nom in ((OTHER_SIRET, "Dépôt"), (SIRET, "Siège"))
    ]
    sites.append({**LIFE, "site_id": new_id(), "siret": "73282932000090", "nom": "Neuf", "last_period": None})
    sites[-1]["first_period"] = "2027-01"
    dsn.referential(sites, adherent_id=new_id(), raison_sociale="ÉCHO BÂTIMENT")
    dsn.grant(zoe)
    dsn.grant(sites[0]["site_id"])
    with dsn.engine.begin() as connection:
        mine = (alert.c.site_id == sites[1]["site_id"], alert.c.period == "2026-09")
        connection.execute(sa.update(alert).where(*mine).values(kind="B"))


def test_the_alerts_of_a_company_stand_together_and_those_of_a_site_oldest_first(dsn: Dsn) -> None:
    two_companies(dsn)
    echo = [("ÉCHO BÂTIMENT", nom, month) for nom in ("Siège", "Dépôt") for month in ("2026-08", "2026-09")]
    assert told(dsn) == [*echo, ("ZOÉ", "Siège", "2026-09")]


def test_two_companies_of_one_name_do_not_mix(dsn: Dsn) -> None:
    """A company at two caisses: each is an adhérent of its own."""
    for number in (1, 2):
        sites = [
            {"site_id": new_id(), "siret": f"7328293200{place}{number}", "nom": f"Site {place}", **LIFE}
            for place in (111, 222)
        ]
        dsn.referential(sites, adherent_id=new_id(), identifiant=f"000{number}")
        dsn.grant(sites[0]["site_id"])
    shown = [one["identifiant"] for one in board(dsn)["items"]]
    assert shown in (["0001"] * 4 + ["0002"] * 4, ["0002"] * 4 + ["0001"] * 4)


def test_a_line_says_site_month_anomaly_action_and_since_when(dsn: Dsn) -> None:
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    (line,) = board(dsn)["items"]
    assert line.pop("opened_at").startswith("2026-11-23T")
    assert line == {
        "site_id": str(site_id),
        "adherent_id": str(dsn.adherent_of(site_id)),
        "raison_sociale": "ENTREPRISE DURAND",
        "siret": SIRET,
        "nom": "Siège",
        "identifiant": "0412345",
        "periode": "2026-09",
        "periode_label": "DSN Septembre 2026",
        "kind": "A",
        "label": MISSING,
        "action": "Une action de votre part est attendue",
        "new": True,
        "correction": None,
    }


def test_totals_are_of_all_kinds_and_the_list_of_the_one_that_is_asked_for(dsn: Dsn) -> None:
    two_companies(dsn)
    kinds = [{"kind": "A", "label": MISSING, "count": 4}, {"kind": "B", "label": TO_RECTIFY, "count": 1}]
    for query, total in (("", 5), ("kind=A", 4), ("kind=B", 1)):
        found = board(dsn, query)
        assert (found["total"], len(found["items"])) == (total, total)
        assert found["totals"] == {"sites": 3, "kinds": kinds}
    assert told(dsn, "kind=B") == [("ÉCHO BÂTIMENT", "Siège", "2026-09")]


def test_pages_know_the_total_even_beyond_the_last(dsn: Dsn) -> None:
    """C11; nothing is on two pages, nothing on none."""
    two_companies(dsn)
    pages = [board(dsn, f"page={page}&page_size=2") for page in (1, 2, 3, 4)]
    assert [(len(one["items"]), one["total"]) for one in pages] == [(2, 5), (2, 5), (1, 5), (0, 5)]
    assert [line for one in pages for line in one["items"]] == board(dsn)["items"]


@pytest.mark.parametrize("query", ["kind=C", "kind=", "page=0", "page_size=501", "page_size=x"])
def test_other_queries_are_refused(dsn: Dsn, query: str) -> None:
    assert dsn.get(f"/v1/alerts?{query}", as_=ACCOUNT).status == 422


def test_nobody_and_a_stranger_see_none(dsn: Dsn) -> None:
    """AA22: somebody else's sites never show, nor are they counted."""
    dsn.grant(dsn.site(last="2026-09"))
    assert dsn.get("/v1/alerts").status == 401
    empty = board(dsn, account=OTHER)
    assert (empty["items"], empty["total"], empty["totals"]["sites"]) == ([], 0, 0)
    assert [one["count"] for one in empty["totals"]["kinds"]] == [0, 0]


def test_each_sees_his_own_companies_alone(dsn: Dsn) -> None:
    mine, theirs = dsn.site(last="2026-09", nom="Mien"), dsn.site(siret=OTHER_SIRET, last="2026-09", nom="Leur")
    dsn.grant(mine)
    dsn.grant(theirs, account=OTHER)
    assert [told(dsn, account=one)[0][1] for one in (ACCOUNT, OTHER)] == ["Mien", "Leur"]
    assert len(told(dsn)) == 1


@pytest.mark.parametrize(
    ("rights", "seen"),
    [
        (DSN_RIGHTS, 1),
        ({"declarations_salaires": "mise_a_jour"}, 1),
        ({"ma_situation_de_compte": "mise_a_jour"}, 0),
        ({}, 0),
    ],
)
def test_one_of_the_rights_on_declarations_opens_it(dsn: Dsn, rights: dict[str, str], seen: int) -> None:
    """AA25."""
    dsn.grant(dsn.site(last="2026-09"), rights=rights)
    found = board(dsn)
    assert (len(found["items"]), found["total"], found["totals"]["sites"]) == (seen, seen, seen)


def test_an_administrator_sees_it_and_two_delegations_show_it_once(dsn: Dsn) -> None:
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id, rights={}, administrator=True)
    dsn.grant(site_id)
    assert len(told(dsn)) == 1 and board(dsn)["total"] == 1


@pytest.mark.parametrize(
    "dates", [{"starts_on": date(2026, 11, 24)}, {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 22)}]
)
def test_a_delegation_opens_nothing_outside_of_its_days(dsn: Dsn, dates: dict[str, date]) -> None:
    """AA33, AA34, T10."""
    dsn.grant(dsn.site(last="2026-09"), **dates)
    assert board(dsn)["total"] == 0 and told(dsn) == []


def test_closing_a_delegation_bites_at_the_next_request(dsn: Dsn) -> None:
    """AA35."""
    (state,) = dsn.grant(dsn.site(last="2026-09"))
    assert board(dsn)["total"] == 1
    dsn.close_grant(state)
    assert board(dsn)["total"] == 0 and told(dsn) == []


def test_a_site_that_left_the_referential_and_what_was_put_right_are_gone(dsn: Dsn) -> None:
    left, right = dsn.site(last="2026-09", siret=OTHER_SIRET), dsn.site(last="2026-09")
    dsn.grant(left, right)
    dsn.referential([], adherent_id=dsn.adherent_of(left), sequence=2)
    assert [one["site_id"] for one in board(dsn)["items"]] == [str(right)]
    dsn.declare("2026-09")
    assert board(dsn)["totals"]["sites"] == 0


def test_what_i_saw_is_no_news_to_me_and_who_takes_care_is_told_to_all(dsn: Dsn) -> None:
    site_id = dsn.site(last="2026-09")
    for account in (ACCOUNT, OTHER):
        dsn.grant(site_id, account=account, rights={"declarations_salaires": "mise_a_jour"})
    (one,) = dsn.get(f"/v1/sites/{site_id}/alerts", as_=ACCOUNT).json["items"]
    taken = dsn.post(f"/v1/alerts/{one['alert_id']}/correction", as_=ACCOUNT, headers={"If-Match": '"1"'})
    assert taken.status == 204
    for account, new in ((ACCOUNT, False), (OTHER, True)):
        (line,) = board(dsn, account=account)["items"]
        assert (line["new"], line["correction"]["mine"]) == (new, not new)


def test_two_statements_built_once_whatever_the_number_of_sites(dsn: Dsn) -> None:
    def ask() -> None:
        assert board(dsn, "kind=A")["items"]

    costs = []
    for number in (3, 30):
        company(dsn, number)
        costs.append(built(dsn.engine, ask))
    assert len(costs[0]) == len(costs[1]) and [id(one) for one in costs[0]] == [id(one) for one in costs[1]]
    with statements(dsn) as seen:
        ask()
    assert len([one for one in seen if "alert.status" in one[0]]) == 2


def test_the_list_goes_by_the_account_then_its_adherents_then_the_alerts_of_a_site(dsn: Dsn) -> None:
    company(dsn, 3)
    asked = {"kind": None, "page": 1, "page_size": 2, "patience": Patience()}
    with statements(dsn) as seen, dsn.engine.connect() as connection, connection.begin():
        alerts_board(connection, account_id=ACCOUNT, clock=dsn.clock, **asked)
    for number in (0, 1):
        found = plan(dsn, seen, number)
        assert "access_by_account" in found and "site_by_adherent" in found, found
        assert "alert_living" in found or "alert_once" in found or "sqlite_autoindex_alert_2" in found, found

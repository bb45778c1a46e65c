"""The choice screen's list and who may see what (G58–G67, C9, AA22–AA25, AA33–AA35)."""

from datetime import date

import pytest

from backbone.ids import new_id
from tests.service.dsn.system import ACCOUNT, OTHER_SIRET

STRANGER = "01930000-0000-7000-8000-0000000000c2"


def listed(dsn, query="", account=ACCOUNT):
    """The items of the list."""
    answer = dsn.get(f"/v1/sites?{query}", as_=account)
    assert answer.status == 200, answer.json
    return answer.json["items"]


def three_sites(dsn):
    """Écho without alert, Alpha with two, Zoé with one."""
    sites = [
        dsn.site(
            siret="73282932000017", nom="Dépôt", raison_sociale="ÉCHO BÂTIMENT", identifiant="03", first="2027-01"
        ),
        dsn.site(
            siret="73282932000025",
            nom="Siège",
            raison_sociale="Alpha",
            identifiant="02",
            first="2026-08",
            last="2026-09",
        ),
        dsn.site(siret="73282932000033", nom="Annexe", raison_sociale="ZOÉ", identifiant="01", last="2026-09"),
    ]
    dsn.grant(*sites)
    return sites


def test_the_sites_with_alerts_come_first(dsn):
    """G62: a site without anomaly has no alert."""
    echo, alpha, zoe = three_sites(dsn)
    items = listed(dsn)
    assert [(one["site_id"], one["alert_count"]) for one in items] == [(str(alpha), 2), (str(zoe), 1), (str(echo), 0)]
    assert [one["periode"][:18] for one in items[0]["messages"]] == ["DSN Septembre-2026", "DSN Août-2026: Ano"]
    assert items[2]["messages"] == []


SORTED = {
    "raison_sociale": ["Alpha", "ÉCHO BÂTIMENT", "ZOÉ"],
    "-raison_sociale": ["ZOÉ", "ÉCHO BÂTIMENT", "Alpha"],
    "nom": ["ZOÉ", "ÉCHO BÂTIMENT", "Alpha"],
    "siret": ["ÉCHO BÂTIMENT", "Alpha", "ZOÉ"],
    "identifiant": ["ZOÉ", "Alpha", "ÉCHO BÂTIMENT"],
    "-alertes": ["ÉCHO BÂTIMENT", "ZOÉ", "Alpha"],
}
FOUND = {"echo": ["ÉCHO BÂTIMENT"], "73282932000033": ["ZOÉ"], "siege alpha": ["Alpha"], "%25": [], "_": []}


def test_each_column_sorts_as_people_read(dsn):
    three_sites(dsn)
    assert {sort: [one["raison_sociale"] for one in listed(dsn, f"sort={sort}")] for sort in SORTED} == SORTED


def test_search_ignores_accents_and_takes_wildcards_as_text(dsn):
    three_sites(dsn)
    assert {text: [one["raison_sociale"] for one in listed(dsn, f"search={text}")] for text in FOUND} == FOUND


def test_only_the_sites_with_alerts(dsn):
    three_sites(dsn)
    assert [one["alert_count"] for one in listed(dsn, "alertes=1")] == [2, 1]


def test_pages_know_the_total_even_beyond_the_last(dsn):
    """C11."""
    three_sites(dsn)
    for page, items in ((1, 2), (2, 1), (3, 0)):
        answer = dsn.get(f"/v1/sites?page={page}&page_size=2", as_=ACCOUNT).json
        assert (len(answer["items"]), answer["total"]) == (items, 3)


REFUSED = ("sort=nom;drop table site", "page_size=101", "page=0", "sort=", "search=" + "x" * 101)


def test_other_queries_are_refused(dsn):
    """AA48, C11."""
    assert [dsn.get(f"/v1/sites?{query}", as_=ACCOUNT).status for query in REFUSED] == [422] * len(REFUSED)


def test_nobody_s_site_and_an_unknown_one_have_the_same_answer(dsn):
    """AA22, AA23."""
    site_id = dsn.site()
    for path in ("alerts", "suivi"):
        mine, unknown = (dsn.get(f"/v1/sites/{one}/{path}", as_=STRANGER) for one in (site_id, new_id()))
        assert (mine.status, mine.json["code"]) == (404, "introuvable")
        strip = {**mine.json, "instance": ""}, {**unknown.json, "instance": ""}
        assert strip[0] == strip[1]
    assert listed(dsn, account=STRANGER) == []


@pytest.mark.parametrize(
    "right", [("declarations_nominatives", "consultation"), ("declarations_salaires", "mise_a_jour")]
)
def test_either_right_on_declarations_opens_the_alerts(dsn, right):
    site_id = dsn.site()
    dsn.grant(site_id, rights=dict([right]))
    assert len(dsn.alerts(site_id)) == 1 and listed(dsn)[0]["alert_count"] == 1


def test_an_administrator_sees_the_alerts(dsn):
    site_id = dsn.site()
    dsn.grant(site_id, rights={}, administrator=True)
    assert listed(dsn)[0]["alert_count"] == 1


def test_without_the_right_the_site_is_listed_without_alerts(dsn):
    """AA25."""
    site_id = dsn.site()
    dsn.grant(site_id, rights={"ma_situation_de_compte": "mise_a_jour"})
    assert [(one["alert_count"], one["messages"]) for one in listed(dsn)] == [(0, [])]
    assert listed(dsn, "alertes=1") == []
    for path in ("alerts", "suivi"):
        answer = dsn.get(f"/v1/sites/{site_id}/{path}", as_=ACCOUNT)
        assert (answer.status, answer.json["code"]) == (403, "acces_refuse")


@pytest.mark.parametrize(
    "dates", [{"starts_on": date(2026, 11, 24)}, {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 22)}]
)
def test_a_delegation_opens_nothing_outside_of_its_days(dsn, dates):
    """AA33, AA34, T10."""
    site_id = dsn.site()
    dsn.grant(site_id, **dates)
    assert listed(dsn) == []
    assert dsn.get(f"/v1/sites/{site_id}/alerts", as_=ACCOUNT).status == 404


def test_closing_a_delegation_bites_at_the_next_request(dsn):
    """AA35."""
    site_id = dsn.site()
    (state,) = dsn.grant(site_id)
    assert dsn.get(f"/v1/sites/{site_id}/suivi", as_=ACCOUNT).status == 200
    dsn.close_grant(state)
    assert dsn.get(f"/v1/sites/{site_id}/suivi", as_=ACCOUNT).status == 404
    assert listed(dsn) == []


def test_two_delegations_of_one_adherent_show_its_sites_once(dsn):
    site_id = dsn.site()
    dsn.grant(site_id, rights={})
    dsn.grant(site_id)
    assert [one["alert_count"] for one in listed(dsn)] == [1]


def test_a_company_with_two_sites_shows_both(dsn):
    """D19: a delegation opens all the sites of the adhérent."""
    adherent_id = new_id()
    common = {"due_day": 15, "last_period": None}
    sites = [
        {"site_id": new_id(), "siret": "73282932000074", "nom": "Siège", "first_period": "2026-09", **common},
        {"site_id": new_id(), "siret": OTHER_SIRET, "nom": "Dépôt", "first_period": "2027-01", **common},
    ]
    dsn.referential(sites, adherent_id=adherent_id)
    dsn.grant(sites[0]["site_id"])
    assert [(one["nom"], one["alert_count"]) for one in listed(dsn)] == [("Siège", 1), ("Dépôt", 0)]


def test_a_site_stays_its_adherents_whoever_names_it(dsn, caplog):
    """Another adhérent's event that lists it moves neither the site nor its alerts, in whatever order they come."""
    mine = dsn.site(nom="Siège")
    owner, other = dsn.adherent_of(mine), new_id()
    one = {"site_id": mine, "siret": OTHER_SIRET, "nom": "Pris", "due_day": 5, "first_period": "2020-01"}
    own = {**one, "site_id": new_id(), "nom": "Le sien"}
    dsn.grant(mine)
    before = dsn.alerts(mine), listed(dsn)
    dsn.referential([{**one, "last_period": None}, {**own, "last_period": None}], adherent_id=other, sequence=9)
    assert (dsn.alerts(mine), listed(dsn)) == before
    assert (dsn.adherent_of(mine), dsn.adherent_of(own["site_id"])) == (owner, other)
    assert "row_claimed" in [record.message for record in caplog.records if record.name == "security"]

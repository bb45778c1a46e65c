"""Seen by each for himself, taken care of by one for all: over HTTP, with the right of the moment (decision 45)."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from backbone.testing.service import Answer
from services.dsn.storage.tables import alert, alert_event, site
from tests.service.dsn.system import ACCOUNT, DSN_RIGHTS, Dsn

OTHER, READER, STRANGER = (UUID(f"01930000-0000-7000-8000-0000000000c{number}") for number in (2, 3, 4))
TAKE, LEAVE = "correction", "correction/end"
UPDATE = {"declarations_salaires": "mise_a_jour"}


class Watched:
    """A site with one alert, of November; two who may act on it, one who may look."""

    def __init__(self, dsn: Dsn) -> None:
        self.dsn = dsn
        self.site_id = dsn.site(first="2026-11")
        dsn.at("2026-12-24T12:00")
        self.grants = {}
        for account, rights in ((ACCOUNT, UPDATE), (OTHER, UPDATE), (READER, DSN_RIGHTS)):
            (self.grants[account],) = dsn.grant(self.site_id, account=account, rights=rights)

    @property
    def one(self) -> dict[str, Any]:
        """The alert, as the first of them is shown it."""
        return self.shown()["items"][0]

    def shown(self, account: UUID = ACCOUNT) -> dict[str, Any]:
        """The alerts of the site."""
        answer = self.dsn.get(f"/v1/sites/{self.site_id}/alerts?view=home", as_=account)
        assert answer.status == 200, answer.json
        return dict(answer.json)

    def press(self, what: str, account: UUID = ACCOUNT, *, version: int | None = None, id: Any = None) -> Answer:
        """« Je m'en occupe », or the contrary."""
        one = self.one if version is None or id is None else {}
        headers = {"If-Match": f'"{version or one["version"]}"'}
        path = f"/v1/alerts/{id or one['alert_id']}/{what}"
        return self.dsn.post(path, as_=account, headers=headers)

    def see(self, account: UUID = ACCOUNT, id: Any = None) -> Answer:
        """I saw it."""
        return self.dsn.post(f"/v1/alerts/{id or self.one['alert_id']}/seen", as_=account)

    def history(self) -> list[tuple[Any, ...]]:
        """What the API tells of its past."""
        answer = self.dsn.get(f"/v1/alerts/{self.one['alert_id']}", as_=READER)
        assert answer.headers["ETag"] == f'"{answer.json["version"]}"'
        return [(one["change"], one["actor"]) for one in answer.json["history"]]


@pytest.fixture
def watched(dsn: Dsn) -> Watched:
    """A site with one alert."""
    return Watched(dsn)


def test_what_one_saw_stays_news_to_the_others_and_counts(watched: Watched) -> None:
    assert watched.see().status == 204 and watched.see().status == 204
    for account, news in ((ACCOUNT, 0), (OTHER, 1)):
        shown = watched.shown(account)
        assert (shown["count"], shown["news"], shown["items"][0]["new"]) == (1, news, bool(news))


def test_what_opens_again_is_news_again(watched: Watched) -> None:
    watched.see()
    with watched.dsn.engine.begin() as connection:
        reopened = watched.dsn.clock.now() + timedelta(days=3)
        connection.execute(sa.update(alert).values(opened_at=reopened, reopened_count=1))
    assert watched.shown()["news"] == 1


def test_who_takes_care_of_it_is_shown_to_all_who_may_see_and_it_counts(watched: Watched) -> None:
    assert watched.press(TAKE).status == 204
    for account, mine in ((ACCOUNT, True), (OTHER, False), (READER, False)):
        shown = watched.shown(account)
        care = shown["items"][0]["correction"]
        assert (shown["count"], care["by"], care["mine"]) == (1, str(ACCOUNT), mine)
    assert watched.shown()["news"] == 0 and watched.shown(OTHER)["news"] == 1
    assert [watched.shown(one)["may_take"] for one in (ACCOUNT, READER)] == [True, False]


def test_the_history_says_who_did_what_by_which_rule(watched: Watched) -> None:
    watched.press(TAKE)
    watched.press(LEAVE, OTHER)
    acted = [("RAISED", "clock"), ("TAKEN", f"account:{ACCOUNT}"), ("LEFT", f"account:{OTHER}")]
    assert watched.history() == acted and watched.one["correction"] is None


def test_the_history_names_the_system_that_sent_a_proof(watched: Watched) -> None:
    alert_id = watched.one["alert_id"]
    watched.dsn.declare("2026-11")
    told = watched.dsn.get(f"/v1/alerts/{alert_id}", as_=READER).json
    last = told["history"][-1]
    assert (told["status"], last["resolution"], last["rule"]) == ("RESOLVED", "RECEIVED", "R10")
    assert last["actor"].startswith("client:") and len(last["proof"]) > 10


@pytest.mark.parametrize("what", [TAKE, LEAVE])
def test_who_may_only_look_does_not_act(watched: Watched, what: str) -> None:
    watched.press(TAKE)
    before = watched.history()
    refused = watched.press(what, READER)
    assert (refused.status, refused.json["code"]) == (403, "acces_refuse")
    assert watched.history() == before


def test_the_alert_of_a_site_that_one_does_not_enter_is_not_there(watched: Watched) -> None:
    version, known = watched.one["version"], watched.one["alert_id"]
    for id in (known, new_id()):
        answers = [watched.press(one, STRANGER, version=version, id=id) for one in (TAKE, LEAVE)]
        answers += [watched.see(STRANGER, id), watched.dsn.get(f"/v1/alerts/{id}", as_=STRANGER)]
        assert [(one.status, one.json["code"]) for one in answers] == [(404, "introuvable")] * 4


def test_who_enters_without_the_dsn_neither_sees_nor_acts(watched: Watched) -> None:
    watched.dsn.grant(watched.site_id, account=STRANGER, rights={"mes_documents": "mise_a_jour"})
    assert [one.status for one in (watched.see(STRANGER), watched.press(TAKE, STRANGER))] == [403, 403]


def test_without_the_version_or_on_another_one_nothing_is_done(watched: Watched) -> None:
    path = f"/v1/alerts/{watched.one['alert_id']}/correction"
    assert watched.dsn.post(path, as_=ACCOUNT).status == 428
    stale = watched.press(TAKE, version=7, id=watched.one["alert_id"])
    assert (stale.status, stale.json["code"]) == (412, "version_perimee") and watched.one["correction"] is None


def test_pressed_twice_by_one_it_is_done_once(watched: Watched) -> None:
    seen = watched.one
    answers = [watched.press(TAKE, version=seen["version"], id=seen["alert_id"]) for _ in range(2)]
    assert [one.status for one in answers] == [204, 204] and len(watched.history()) == 2


def test_two_press_at_once_one_is_first_and_the_other_is_told(watched: Watched) -> None:
    seen, answers, ready = watched.one, {}, threading.Barrier(2)

    def press(account: UUID) -> None:
        ready.wait(30)
        answers[account] = watched.press(TAKE, account, version=seen["version"], id=seen["alert_id"])

    threads = [threading.Thread(target=press, args=(one,)) for one in (ACCOUNT, OTHER)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    (lost,) = [one for one in answers.values() if one.status != 204]
    assert lost.status == 412 and "s'en occupe depuis le 24/12/2026 à 13\u00a0h\u00a000" in lost.json["detail"]
    (held,) = [account for account, one in answers.items() if one.status == 204]
    assert watched.one["correction"]["by"] == str(held) and len(watched.history()) == 2


def test_who_lost_the_right_meanwhile_does_not_act_and_another_takes_over(watched: Watched) -> None:
    watched.press(TAKE)
    seen = watched.one
    watched.dsn.close_grant(watched.grants[ACCOUNT])
    assert watched.press(LEAVE, version=seen["version"], id=seen["alert_id"]).status == 404
    left = watched.press(LEAVE, OTHER, version=seen["version"], id=seen["alert_id"])
    assert left.status == 204
    assert watched.press(TAKE, OTHER, version=seen["version"] + 1, id=seen["alert_id"]).status == 204


def test_it_falls_back_after_as_long_as_an_answer_may_take(watched: Watched) -> None:
    """Taken on 24 December at 13:00 of Paris; the wake-up is written with it."""
    watched.press(TAKE)
    ((planned,),) = watched.dsn.rows(sa.select(site.c.next_eval_at).where(site.c.site_id == watched.site_id))
    assert planned <= watched.dsn.clock.now() + timedelta(days=15, microseconds=1)
    watched.dsn.at("2027-01-08T12:00")
    assert watched.one["correction"]
    watched.dsn.at("2027-01-08T12:01")
    assert watched.one["correction"] is None and watched.history()[-1] == ("FELL_BACK", "clock")
    assert [one.data["change"] for one in watched.dsn.recorded() if "change" in one.data][-1] == "FELL_BACK"
    assert watched.dsn.run_job("sweep") == 0


def test_the_night_that_nobody_woke_for_is_shown_as_it_is(watched: Watched) -> None:
    """What is shown does not wait for the clock, and what others pressed on is not what they were shown."""
    watched.press(TAKE)
    watched.dsn.clock.advance(timedelta(days=20))
    assert watched.one["correction"] is None
    assert watched.press(TAKE, OTHER).status == 204


def test_a_proof_ends_the_care_with_the_alert(watched: Watched) -> None:
    watched.press(TAKE)
    alert_id = watched.one["alert_id"]
    watched.dsn.declare("2026-11")
    answer = watched.press(TAKE, version=3, id=alert_id)
    assert (answer.status, answer.json["code"]) == (409, "alerte_close")
    rows = watched.dsn.rows(sa.select(alert.c.correction_by, alert.c.correction_since))
    assert rows == [(None, None)]


def test_the_alert_of_a_site_that_left_the_referential_is_not_there(watched: Watched) -> None:
    seen = watched.one
    adherent_id = watched.dsn.adherent_of(watched.site_id)
    watched.dsn.referential([], adherent_id=adherent_id, sequence=2)
    assert watched.press(TAKE, version=seen["version"], id=seen["alert_id"]).status == 404
    assert watched.dsn.rows(sa.select(sa.func.count()).select_from(alert_event))[0][0] == 2


def test_the_list_of_sites_says_what_is_new_to_each_person(watched: Watched) -> None:
    watched.see()
    for account, news in ((ACCOUNT, 0), (OTHER, 1)):
        (line,) = watched.dsn.get("/v1/sites", as_=account).json["items"]
        assert (line["alert_count"], line["news"]) == (1, news)
        assert [one["new"] for one in line["messages"]] == [bool(news)]


def test_the_numbers_alone_are_those_that_come_with_the_messages(watched: Watched) -> None:
    watched.see()
    for account, news in ((ACCOUNT, 0), (OTHER, 1)):
        (line,) = watched.dsn.get("/v1/sites?messages=false", as_=account).json["items"]
        bell = watched.dsn.get(f"/v1/sites/{watched.site_id}/alerts?view=home&messages=false", as_=account).json
        for one in (line, bell):
            assert one["news"] == news and one["messages"] == []
        assert (line["alert_count"], bell["count"], bell["items"], bell["may_take"]) == (1, 1, [], True)
    assert watched.dsn.get("/v1/sites?messages=false&search=personne", as_=OTHER).json["items"] == []

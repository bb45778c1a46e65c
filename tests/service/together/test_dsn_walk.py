"""The walk of a month, on the pages of all real services: missing, late file, code 2, corrected in the next month.

At each step it is told (the events of the alert, the mail of the next morning) and explained (the page of the month).
"""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.gateway.portal import words
from tests.service.delegation.world import line
from tests.service.together.pages import Pages
from tools.dsn_synth.crm import crm, render
from tools.dsn_synth.monthly import Monthly, rubrics
from tools.dsn_synth.monthly import render as file_of
from tools.referential.numbers import siren, siret

BOSS = "patron@example.com"
SIRET = siret(siren(10_000_001), 1)
LATE = Monthly(siret=SIRET, period="2026-11", deposited_at=datetime(2026, 12, 24, 15))
CORRECTION = Monthly(siret=SIRET, period="2026-12", deposited_at=datetime(2027, 1, 8, 9), corrects="2026-11")
MISSING = "DSN Novembre 2026: Anomalie dans le traitement / Déclaration manquante"
TO_RECTIFY = "DSN Novembre 2026: Une déclaration à rectifier"


class Walk:
    """A company whose first month is November 2026, and its founder."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.dsn, self._mails, self._events = pages, pages.services["dsn"], 0, 0
        answer = pages.world.send(line(administrateur_email=BOSS, premiere_periode="2026-11"))
        assert answer.status == 200 and not answer.json["rejected"], answer.json
        pages.settle()
        assert pages.complete(pages.link("invitation", BOSS), "Durand", "Paul").status == 200
        self.at("2026-11-23T10:00")
        self.space = pages.space(pages.browser(BOSS))
        self.mails()

    def at(self, moment: str) -> None:
        """It is this instant (UTC), what is due was done, and everybody heard of it."""
        self.pages.clock.set(datetime.fromisoformat(moment).replace(tzinfo=UTC))
        for owner in ("identity", "delegation"):
            self.pages.services[owner].run_job("attest")
        self.settle()

    def settle(self) -> None:
        """The clock's way into dsn, and all that follows."""
        self.pages.settle()
        self.dsn.run_job("evaluate_due_sites")
        self.pages.settle()

    def send(self, data: bytes) -> None:
        """The caisse's systems send a file."""
        answer = self.dsn.post("/v1/imports", data=data, content_type="text/plain", machine=["dsn:write"])
        assert [one["status"] for one in answer.json["declarations"]] == ["OK"], answer.json
        self.settle()

    def mails(self) -> list[str]:
        """What the founder was written since the last time, with the digest of this morning."""
        self.pages.services["notification"].run_job("order_digests")
        found = self.pages.mails(BOSS)
        self.pages.settle()  # what became of each mail is said now, not a month later
        self._mails, new = len(found), found[self._mails :]
        return new

    def told(self) -> list[tuple[Any, ...]]:
        """What was announced of alerts since the last time."""
        heard = [one for name, one in self.pages.received if name == "notification"]
        said = [(one.routing_key, json.loads(one.body)) for one in heard if one.routing_key.startswith("alert.")]
        self._events, new = len(said), said[self._events :]
        return [(key, one["change"], one["kind"], one["rule"], one["resolution"], one["quiet"]) for key, one in new]

    def month(self) -> str:
        """What the page of the month says."""
        shown = self.pages.browser(BOSS).get(f"{self.space}/suivi-dsn/2026-11")
        return words(shown.one("main")).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")

    def bell(self) -> str:
        """What the home page says of alerts."""
        shown = self.pages.browser(BOSS).get(f"{self.space}/")
        bells = [str(one.get("aria-label")) for one in shown.all("a", data_bulle="accueil")]
        return bells[0] if bells else shown.text


@pytest.fixture
def walk(pages: Pages) -> Walk:
    """The company."""
    return Walk(pages)


def test_missing_then_late_then_code_2_then_corrected_in_the_next_month(walk: Walk) -> None:
    _is_missing(walk)
    _comes_late(walk)
    _is_taken_in_part(walk)
    _is_corrected(walk)


def _is_missing(walk: Walk) -> None:
    walk.at("2026-12-23T11:00:00")
    assert walk.told() == []
    walk.at("2026-12-23T11:00:01")
    assert walk.told() == [("alert.opened.v1", "RAISED", "A", "R4", None, False)]
    assert "1 alerte DSN" in walk.bell()
    page = walk.month()
    assert "Déclaration manquante" in page and "déposez la DSN Novembre 2026 sans attendre" in page
    walk.at("2026-12-24T06:31")  # 07:31 in Paris, a Thursday
    (mail,) = walk.mails()
    assert f"- {MISSING}" in mail and f"{walk.space}/suivi-dsn" in mail


def _comes_late(walk: Walk) -> None:
    walk.at("2026-12-24T15:00")
    walk.send(file_of(rubrics(LATE)))
    assert walk.told() == [("alert.resolved.v1", "RESOLVED", "A", "R10", "RECEIVED", False)]
    page = walk.month()
    for text in ("Reçue, en cours de traitement", "hors délai", "Preuve : la déclaration est arrivée"):
        assert text in page, text
    walk.at("2026-12-28T06:31")  # the 25th is a holiday, then a week-end
    assert walk.mails() == []


def _is_taken_in_part(walk: Walk) -> None:
    walk.at("2026-12-28T10:00")
    told = {**crm(LATE, 2, datetime(2026, 12, 28, 9, tzinfo=UTC)), "errors": None}
    walk.send(render([{**told, "returns": [{"code": "E0101", "rubric": "S21.G00.40.022", "count": 3}]}]))
    assert walk.told() == [("alert.opened.v1", "RAISED", "B", "R12", None, False)]
    page = walk.month()
    for text in (
        "Partiellement prise en compte",
        "E0101 Anomalie Code caisse professionnelle de congés payés S21.G00.40.022 3",
        "Corrigez dans la DSN Décembre 2026, à déposer avant le 15/01/2027 à 12 h 00",
    ):
        assert text in page, text
    walk.at("2026-12-29T06:31")
    (mail,) = walk.mails()
    assert f"- {TO_RECTIFY}" in mail and MISSING not in mail


def _is_corrected(walk: Walk) -> None:
    walk.at("2027-01-08T09:00")
    walk.mails()  # the reminder of the seventh day, if it came
    walk.send(file_of(rubrics(CORRECTION)))
    assert walk.told() == [("alert.changed.v1", "CORRECTION_STARTED", "B", "R12", None, False)]
    assert "Une correction est arrivée : la caisse l'examine." in walk.month()
    walk.at("2027-01-11T09:00")
    walk.send(render([crm(CORRECTION, 0, datetime(2027, 1, 11, 8, tzinfo=UTC))]))
    assert walk.told() == [("alert.resolved.v1", "RESOLVED", "B", "R16", "REGULARISED_LATER", False)]
    page = walk.month()
    for text in (
        "Rectifiée",
        "Preuve : la correction faite dans la DSN d'un mois suivant est acceptée",
        "Pièce : Correction reçue dans la DSN Décembre 2026 : normale, ordre 1",
    ):
        assert text in page, text
    assert "Aucune alerte DSN" in walk.bell()
    walk.at("2027-01-12T06:31")
    assert walk.mails() == []

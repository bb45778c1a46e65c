"""One message of outcome on a page: the newest; a refusal of the page itself goes before it (`gateway/kit/said.py`)."""

from flask import Flask, flash

from gateway.kit.said import outcome
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words


def told(portal: Portal, path: str, **form: str) -> list[str]:
    page = portal.post(path, status=422, **form) if form else portal.get(path)
    avis = [one for kind in ("p", "div") for one in page.all(kind) if "avis" in one.get("class", "").split()]
    return [words(one) for one in avis if one.get("role")]


def test_the_newest_word_wins(built: tuple[Flask, FakeServices]) -> None:
    with built[0].test_request_context("/"):
        flash("Premier.", "information")
        flash("Second.", "succes")
        assert outcome() == ("succes", "Second.") == outcome()


def test_two_acts_without_a_look_leave_one_message(portal: Portal) -> None:
    contact = {"nom": "Martin", "prenom": "Claire", "version": "7", "telephone_mobile": "06 39 98 00 01"}
    for _ in range(2):
        portal.post("/mon-compte/contact", pays_mobile="+33", **contact)
    portal.post("/mon-compte/mobile", code="123456")
    assert told(portal, "/mon-compte") == ["Votre numéro de téléphone mobile est certifié."]
    assert told(portal, "/mon-compte") == []


def test_what_a_page_refuses_goes_before_what_was_done(portal: Portal) -> None:
    portal.post("/mon-compte/mobile", code="123456")
    (refused,) = told(portal, "/mon-compte/mot-de-passe", mot_de_passe="", confirmation="")
    assert refused.startswith("À corriger :")

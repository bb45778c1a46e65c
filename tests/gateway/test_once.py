"""A form acts once, and what became of it is told as what it is: the same key again when an answer is lost (C3)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from backbone import gunicorn_conf
from gateway.clients.http import KEPT
from gateway.clients.problem import SPENT, UNKNOWN
from tests.gateway.examples import ACTIVE, ADHERENT, MESSAGE, PENDING, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

CONFIRMATION = f"/delegations/{PENDING}/confirmation"
CONFIRM = f"POST /adherents/{ADHERENT}/delegations/{PENDING}/confirmation"
SITES = "dsn: GET /sites"
# Answers that hold a secret are never stored by a service, so a key would mean nothing there.
SECRETS = {"/sessions", "/sessions/token", "/sessions/end", "/sessions/rotate", "/sessions/reauthenticate"}
LETTER = {"objet": "Question", "message": "Bonjour", "consentement": "true"}
WORDS = {"mot_de_passe_actuel": "Ancien-2026", "mot_de_passe": "Nouveau-2026", "confirmation": "Nouveau-2026"}


def losing(times: int, error: type[httpx.HTTPError] = httpx.ReadTimeout, then: Any = (204, None)) -> Callable[..., Any]:
    """An answer that is lost `times` times, then `then`."""
    left = [times]

    def answer(_query: dict[str, str]) -> Any:
        if left[0]:
            left[0] -= 1
            raise error("lost")
        return then

    return answer


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        (CONFIRMATION, {"decision": "confirmer", "version": "3"}),
        (f"{SPACE}/droits/{ACTIVE}/fermer", {"ends_on": "31/12/2026", "version": "3"}),
        (f"{SPACE}/droits/{PENDING}/invitation", {"version": "3"}),
        (f"/mon-compte/messages/{MESSAGE}/consentement", {"version": "1"}),
        (f"{SPACE}/contact", LETTER),
        ("/mon-compte/mot-de-passe", WORDS),
        ("/mon-compte/mobile/code", {}),
        ("/mon-compte/mobile", {"code": "123456"}),
    ],
)
def test_every_call_that_acts_carries_the_key_of_its_form(
    portal: Portal, services: FakeServices, page: str, fields: dict[str, str]
) -> None:
    for key in (str(uuid4()), str(uuid4())):
        portal.client.post(page, base_url="https://espace.example.com", data=_form(portal, key, fields))
    # What is counted for the tiles is no act of the form: said once a day, and the same whoever says it again.
    acts = [c for c in services.calls if c.method != "GET" and c.path not in SECRETS and not c.path.endswith("/uses")]
    first, second = (c.headers["Idempotency-Key"] for c in acts[:2])
    assert (len(acts), first != second) == (2, True)


def _form(portal: Portal, key: str, fields: dict[str, str]) -> dict[str, str]:
    return {"csrf_token": portal.token(), "cle": key, **fields}


def test_one_form_pressed_twice_is_one_demand(portal: Portal, services: FakeServices) -> None:
    key = str(uuid4())
    for _ in range(2):
        portal.post(CONFIRMATION, decision="confirmer", version="3", cle=key)
    assert len({call.headers["Idempotency-Key"] for call in services.called(CONFIRM)}) == 1


def test_secrets_are_asked_for_without_a_key(portal: Portal, services: FakeServices) -> None:
    portal.get("/mon-compte")
    assert [c for c in services.calls if c.path in SECRETS]
    assert not [c for c in services.calls if c.path in SECRETS and "Idempotency-Key" in c.headers]


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError])
def test_a_lost_answer_is_asked_for_once_more_with_the_same_key(
    portal: Portal, services: FakeServices, error: type[httpx.HTTPError]
) -> None:
    services.answers[CONFIRM] = losing(1, error)
    portal.post(CONFIRMATION, decision="confirmer", version="3", cle=str(uuid4()))
    first, second = services.called(CONFIRM)
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert "La délégation est confirmée." in portal.get(CONFIRMATION).text


def test_lost_twice_the_page_says_that_nobody_knows(portal: Portal, services: FakeServices) -> None:
    services.answers[CONFIRM] = losing(9)
    page = portal.post(CONFIRMATION, status=503, decision="confirmer", version="3")
    assert len(services.called(CONFIRM)) == 2
    assert "Résultat inconnu" in page.text and UNKNOWN in page.text


def test_a_service_that_was_never_reached_did_nothing_and_is_not_asked_again(
    portal: Portal, services: FakeServices
) -> None:
    services.answers[CONFIRM] = losing(9, httpx.ConnectError)
    page = portal.post(CONFIRMATION, status=503, decision="confirmer", version="3")
    assert len(services.called(CONFIRM)) == 1
    assert "momentanément indisponible" in page.text


@pytest.mark.parametrize("error", [httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError])
def test_what_only_reads_is_asked_once_more_when_its_line_breaks(
    portal: Portal, services: FakeServices, error: type[httpx.HTTPError]
) -> None:
    known = services.answers["GET /sites"]
    services.answers[SITES] = losing(1, error, known)
    assert "Alertes DSN" in portal.get("/choix").text
    assert _lists_asked_of_dsn(services) == 2
    services.answers[SITES] = losing(9, error, known)
    portal.get("/choix")  # the alerts degrade, as ever
    assert _lists_asked_of_dsn(services) == 4


def test_what_reads_for_too_long_is_not_asked_again(portal: Portal, services: FakeServices) -> None:
    services.answers[SITES] = losing(9)
    portal.get("/choix")
    assert _lists_asked_of_dsn(services) == 1


def _lists_asked_of_dsn(services: FakeServices) -> int:
    return len([one for one in services.called("GET /sites") if one.service == "dsn"])


def test_no_line_is_kept_until_the_service_may_close_it() -> None:
    """A request that leaves as gunicorn closes its idle line is answered by nobody."""
    assert KEPT <= gunicorn_conf.keepalive / 2


def test_a_login_is_never_repeated(visitor: Portal, services: FakeServices) -> None:
    services.answers["POST /sessions"] = losing(9)
    visitor.post("/connexion", status=503, email="a@example.com", mot_de_passe="x")
    assert len(services.called("POST /sessions")) == 1


def test_the_files_of_a_message_are_sent_whole_the_second_time(portal: Portal, services: FakeServices) -> None:
    from io import BytesIO

    write = f"POST /adherents/{ADHERENT}/messages"
    services.answers[write] = losing(1, then=(201, {"message_id": MESSAGE, "reference": "C-1"}))
    portal.post(f"{SPACE}/contact", fichiers=[(BytesIO(b"%PDF-1.7 whole"), "a.pdf")], **LETTER)
    first, second = services.called(write)
    assert b"%PDF-1.7 whole" in first.content and b"%PDF-1.7 whole" in second.content


def test_a_form_sent_again_with_other_content_says_that_the_first_was_done(
    portal: Portal, services: FakeServices
) -> None:
    refused = "Cette clé d'idempotence a déjà servi pour une autre demande."
    services.refuse("POST /account/mobile/certification", 422, "cle_idempotence_reutilisee", refused)
    page = portal.post("/mon-compte/mobile", status=422, code="123456")
    assert SPENT in page.text and refused not in page.text

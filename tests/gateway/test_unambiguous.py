"""What two readers could read differently is refused: a parameter, a field or a cookie given twice (ASVS 15.3.7)."""

import pytest

from gateway.kit.session import COOKIE
from tests.gateway.examples import ACTIVE, ADHERENT, SITE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal

UNREADABLE = "Votre demande n'a pas pu être lue."


@pytest.mark.parametrize(
    "path",
    [
        "/choix?page=1&page=2",
        f"{SPACE}/droits?nom=a&nom=b",
        f"{SPACE}/suivi-dsn?annee=2026&annee=2026",
        f"/mon-compte?espace={SITE}&espace={SITE}",
        "/connexion?suite=/choix&suite=/aide",
        "/aide?x=1&x=2",
    ],
)
def test_a_doubled_parameter_is_refused(portal: Portal, path: str) -> None:
    assert UNREADABLE in portal.get(path, 400).text


def test_a_doubled_field_is_refused_and_nothing_is_done(portal: Portal, services: FakeServices) -> None:
    portal.post(f"{SPACE}/droits/{ACTIVE}/fermer", 400, ends_on=["31/12/2027", "23/11/2026"])
    assert services.called(f"POST /adherents/{ADHERENT}/delegations/{ACTIVE}/closing") == []


@pytest.mark.parametrize(
    "cookies", [f"{COOKIE}=une; {COOKIE}=autre", f"{COOKIE}=une; a=1; {COOKIE}=une", "__Host-page=a; __Host-page=b"]
)
def test_two_cookies_of_ours_are_refused_and_nobody_is_recognised(
    visitor: Portal, services: FakeServices, cookies: str
) -> None:
    bare = visitor.client.application.test_client(use_cookies=False)
    answer = bare.get("/mon-compte", base_url=BASE, headers={"Cookie": cookies})
    assert answer.status_code == 400
    assert "Demande illisible" in answer.text and "Paul" not in answer.text
    assert services.called("POST /sessions/token") == []


def test_two_cookies_of_somebody_else_are_not_ours_to_judge(visitor: Portal) -> None:
    bare = visitor.client.application.test_client(use_cookies=False)
    answer = bare.get("/connexion", base_url=BASE, headers={"Cookie": "mesure=1; mesure=2"})
    assert answer.status_code == 200

"""A dead link says to its owner what became of it, and M3 alone to anybody else."""

import pytest

from contracts.words.links import LinkState
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words

M3 = "Ce lien n'est plus valable. Vous pouvez en demander un nouveau."
LOOKUPS = {
    "invitation": ("POST /invitations/lookup", "invitation"),
    "reinitialisation": ("POST /password-resets/lookup", "reset"),
    "identifiant": ("POST /identifier-changes/activation/lookup", "identifier"),
    "annulation": ("POST /identifier-changes/undo/lookup", "undo"),
    "certification": ("POST /certifications/lookup", "certification"),
}
FATE = "POST /account/links/lookup"


def dead(portal: Portal, services: FakeServices, page: str) -> str:
    services.refuse(LOOKUPS[page][0], 410, "lien_perime", M3)
    return portal.get(portal.follow(page), 410).text


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("utilise", "Lien déjà utilisé"),
        ("remplace", "Lien remplacé"),
        ("expire", "Lien expiré"),
        ("?", "Lien non valable"),
    ],
)
def test_its_title_says_the_same(portal: Portal, services: FakeServices, state: str, title: str) -> None:
    services.answers[FATE] = (200, {"state": state, "at": "2026-11-23T09:00:00+00:00"})
    services.refuse(LOOKUPS["invitation"][0], 410, "lien_perime", M3)
    page = portal.get(portal.follow("invitation"), 410)
    assert words(page.one("h1")) == title == words(page.one("title")).partition(" – ")[0]


@pytest.mark.parametrize("page", LOOKUPS)
def test_the_owner_is_told_what_became_of_it(portal: Portal, services: FakeServices, page: str) -> None:
    services.answers[FATE] = (200, {"state": "utilise", "at": "2026-11-23T09:00:00+00:00"})
    text = dead(portal, services, page)
    assert "Ce lien a été utilisé le 23/11/2026 à 10" in text and M3 not in text
    assert services.called(FATE)[0].json["purpose"] == LOOKUPS[page][1]


@pytest.mark.parametrize(
    ("state", "said"),
    [(LinkState.VALID, "agit jusqu'à"), (LinkState.EXPIRED, "a expiré le"), (LinkState.REPLACED, "a été remplacé le")],
)
def test_each_outcome_has_its_sentence(portal: Portal, services: FakeServices, state: str, said: str) -> None:
    services.answers[FATE] = (200, {"state": state, "at": "2026-11-23T09:00:00+00:00"})
    assert said in dead(portal, services, "reinitialisation")


def test_who_is_logged_in_with_another_account_is_told_m3(portal: Portal, services: FakeServices) -> None:
    services.refuse(FATE, 404, "introuvable", "Page ou élément introuvable.")
    assert M3 in dead(portal, services, "reinitialisation")


def test_who_is_not_logged_in_is_told_m3_and_nothing_is_asked(visitor: Portal, services: FakeServices) -> None:
    assert M3 in dead(visitor, services, "reinitialisation")
    assert services.called(FATE) == []


def test_a_state_of_a_newer_service_is_m3(portal: Portal, services: FakeServices) -> None:
    services.answers[FATE] = (200, {"state": "retire", "at": "2026-11-23T09:00:00+00:00"})
    assert M3 in dead(portal, services, "reinitialisation")

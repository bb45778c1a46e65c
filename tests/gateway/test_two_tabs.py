"""One browser, several tabs: a page acts on what its address says, whatever was opened since in another tab."""

import pytest

from gateway.kit.links import LIVE
from tests.gateway.examples import FILE, OTHER_ADHERENT, PENDING, SITE, SITE_3, SITES, SPACE, chosen, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, Shown, words

M3 = "Ce lien n'est plus valable. Vous pouvez en demander un nouveau."
NEW = {"mot_de_passe": "Chantier-26", "confirmation": "Chantier-26"}
ACTS = {
    "invitation": ("POST /invitations/complete", {**NEW, "nom": "Martin", "prenom": "Claire"}),
    "reinitialisation": ("POST /password-resets/complete", NEW),
    "identifiant": ("POST /identifier-changes/activation", {}),
    "annulation": ("POST /identifier-changes/undo", {}),
    "certification": ("POST /certifications/complete", {}),
}
OTHER_SPACE = f"/espace/{OTHER_ADHERENT}/{SITE_3}"
ACCOUNT = (
    *("", "/identifiant", "/mot-de-passe", "/contact", "/mobile", "/mobile/saisie", "/messages"),
    *("/preferences", "/sessions", "/activite"),
)
LEGAL = (
    *("/aide", "/mentions-legales", "/protection-des-donnees", "/cgu", "/accessibilite"),
    *("/aide/droits", "/questions-reponses", "/nouveautes"),
)


@pytest.fixture
def two_companies(portal: Portal, services: FakeServices) -> Portal:
    """Somebody with two companies, the second opened last."""
    services.answers[f"GET /sites/{SITE_3}"] = (200, {**tier(), **chosen(SITES[2])})
    portal.get(f"{SPACE}/")
    portal.get(f"{OTHER_SPACE}/")
    return portal


def spaces(page: Shown) -> set[str]:
    """The spaces that a page leads to."""
    return {"/".join(link.split("/")[:4]) for link in page.links() if link.startswith("/espace/")}


@pytest.mark.parametrize("purpose", ACTS)
def test_a_form_acts_on_the_link_that_its_page_shows(visitor: Portal, services: FakeServices, purpose: str) -> None:
    call, fields = ACTS[purpose]
    first = visitor.follow(purpose, "premier")
    second = visitor.follow(purpose, "second")
    visitor.post(first, **fields)
    assert services.called(call)[0].json["token"] == "premier"
    visitor.post(second, **fields)
    assert services.called(call)[1].json["token"] == "second"


@pytest.mark.parametrize("purpose", ["invitation", "certification"])
def test_a_new_link_is_asked_for_the_dead_link_shown(visitor: Portal, services: FakeServices, purpose: str) -> None:
    services.refuse(f"POST /{purpose}s/lookup", 410, "lien_perime", M3)
    first = visitor.follow(purpose, "premier")
    visitor.follow(purpose, "second")
    visitor.post(visitor.get(first, 410).all("form", method="post")[0].get("action", ""))
    assert services.called(f"POST /{purpose}s/renew")[0].json == {"token": "premier"}


def test_a_second_dossier_leaves_the_files_of_the_first(visitor: Portal, services: FakeServices) -> None:
    first = visitor.get(visitor.follow("dossier", "premier"))
    visitor.get(visitor.follow("dossier", "second"))
    (file,) = [link for link in first.links() if "/fichiers/" in link]
    visitor.get(file)
    assert services.called(f"GET /dossiers/files/{FILE}")[0].headers["X-Dossier-Token"] == "premier"


def test_a_used_link_dies_alone(visitor: Portal) -> None:
    first, second = (visitor.follow("reinitialisation", token) for token in ("premier", "second"))
    visitor.post(first, **NEW)
    assert M3 in visitor.get(first, 410).text
    visitor.get(second)


def test_a_link_that_this_browser_does_not_hold_says_to_open_it_again(visitor: Portal, services: FakeServices) -> None:
    for page in (visitor.get(f"/reinitialisation/{'0' * 16}", 410), visitor.post(f"/certification/{'0' * 16}", 410)):
        assert M3 in page.text and "ouvrez de nouveau le lien de votre courriel" in page.text
    assert services.calls == []


def test_the_links_of_one_browser_are_bounded_and_the_oldest_goes_first(
    visitor: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1_800_000_000, 1_900_000_000))
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: next(clock))
    opened = [visitor.follow("reinitialisation", f"jeton-{number}") for number in range(LIVE)]
    assert visitor.follow("reinitialisation", "jeton-0") == opened[0]  # opened again, it is the newest
    newest = visitor.follow("reinitialisation", "un de trop")
    dead = [page for page in (*opened, newest) if visitor.client.get(page, base_url=BASE).status_code == 410]
    assert dead == [opened[1]]


@pytest.mark.parametrize("purpose", ACTS)
def test_a_link_opened_while_somebody_else_is_logged_in_says_who_and_offers_to_leave(
    portal: Portal, services: FakeServices, purpose: str
) -> None:
    _, person = services.answers["POST /sessions/token"]
    other = {**person["account"], "email": "quelquun@example.com", "prenom": "Luc", "nom": "Autre"}
    services.answers["POST /sessions/token"] = (200, {**person, "account": other})
    link = portal.follow(purpose)
    page = portal.get(link)
    assert "Luc Autre, quelquun@example.com" in page.text
    leaving = next(form for form in page.all("form", action="/deconnexion") if words(form).endswith("continuer"))
    (suite,) = [field.get("value") for field in leaving.iter("input") if field.get("name") == "suite"]
    assert portal.post("/deconnexion", suite=suite).location == link
    assert "quelquun@example.com" not in portal.get(link).text
    assert services.called(ACTS[purpose][0]) == []


def test_a_demand_opened_with_another_account_says_which_and_offers_to_leave(
    portal: Portal, services: FakeServices
) -> None:
    services.refuse(f"GET /delegations/{PENDING}", 404, "introuvable", "")
    path = f"/delegations/{PENDING}/confirmation"
    page = portal.get(path, 404)
    assert "Paul Durand, durand@example.com" in page.text and "Page ou élément introuvable." in page.text
    assert page.field("suite") == path
    login = portal.get(portal.post("/deconnexion", suite=path).location, 302).location
    assert portal.get(login).field("suite") == path


def test_whoever_the_link_is_for_is_not_asked_to_leave(portal: Portal) -> None:
    assert "durand@example.com" in portal.get(portal.follow("certification")).text
    assert "Renouveler la certification" in portal.get(portal.follow("certification")).text


def test_leaving_goes_on_to_pages_of_this_site_only(portal: Portal) -> None:
    assert portal.post("/deconnexion", suite="https://evil.example").location == "/connexion"


@pytest.mark.parametrize("path", [f"/mon-compte{page}" for page in ACCOUNT] + list(LEGAL))
def test_a_page_beside_the_spaces_shows_and_leads_to_the_one_in_its_address(two_companies: Portal, path: str) -> None:
    for site, space, name in ((SITE, SPACE, "ENTREPRISE DURAND"), (SITE_3, OTHER_SPACE, "CHARPENTES DU RHÔNE")):
        page = two_companies.get(f"{path}?espace={site}")
        assert spaces(page) == {space}
        assert name in page.text
        beside = [link for link in page.links() if link.startswith(("/mon-compte", *LEGAL, "/choix"))]
        assert beside and all(f"espace={site}" in link for link in beside), beside


@pytest.mark.parametrize("path", [f"/mon-compte{page}" for page in ACCOUNT] + list(LEGAL))
@pytest.mark.parametrize("query", ["", "?espace=", "?espace=zz", "?espace=01930000-0000-7000-8000-00000000dead"])
def test_without_a_space_of_mine_in_the_address_none_is_shown(two_companies: Portal, path: str, query: str) -> None:
    page = two_companies.get(f"{path}{query}")
    assert spaces(page) == set()
    # Not of the whole page: « Mes messages » says which company each message was about.
    bars = " ".join(words(one) for tag in ("header", "nav") for one in page.all(tag))
    assert "ENTREPRISE DURAND" not in bars and "CHARPENTES" not in bars


def test_the_menu_of_a_space_leads_to_the_account_beside_that_space(two_companies: Portal) -> None:
    for space, site in ((SPACE, SITE), (OTHER_SPACE, SITE_3)):
        links = two_companies.get(f"{space}/").links()
        assert {f"/mon-compte?espace={site}", f"/aide?espace={site}", f"/choix?espace={site}"} <= links


def test_a_form_of_the_account_comes_back_beside_the_same_space(two_companies: Portal) -> None:
    answer = two_companies.post(
        f"/mon-compte/mot-de-passe?espace={SITE}", **NEW, mot_de_passe_actuel="Chantier-Ancien-25"
    )
    assert answer.location == f"/mon-compte?espace={SITE}"


def test_a_demand_of_another_company_shows_no_space(two_companies: Portal) -> None:
    assert spaces(two_companies.get(f"/delegations/{PENDING}/confirmation?espace={SITE}")) == {SPACE}
    page = two_companies.get(f"/delegations/{PENDING}/confirmation?espace={SITE_3}")
    assert spaces(page) == set()
    assert not [link for link in page.links() if SITE_3 in link]


def test_the_choice_screen_goes_back_to_the_space_it_was_opened_from(two_companies: Portal) -> None:
    page = two_companies.get(f"/choix?espace={SITE}")
    assert f"{SPACE}/" in page.links()
    assert [radio.get("value") for radio in page.all("input", type="radio") if radio.get("checked") is not None] == [
        SITE
    ]

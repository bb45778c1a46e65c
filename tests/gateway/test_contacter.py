"""« Nous contacter » on every screen; without a company, for which one? (G79)."""

import pytest

from tests.gateway.examples import OTHER_ADHERENT, SITE, SITE_2, SITE_3, SITES, SPACE, chosen, page, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown, words
from tests.gateway.test_help import icons

LIST = "delegation: GET /sites"
PLACES = {SITE: SITES[0], SITE_2: SITES[1], SITE_3: SITES[2]}


def form_of(site: str) -> str:
    """The address of the form for that site."""
    return f"/espace/{PLACES[site]['adherent_id']}/{site}/contact"


def home_of(site: str) -> str:
    """The address of its home page."""
    return form_of(site).removesuffix("contact")


def offered(shown: Shown, heading: str) -> list[str]:
    """Where the lines under that heading lead."""
    for section in shown.all("section"):
        if section.get("aria-labelledby") == heading:
            return [link.get("href", "") for link in section.iter("a")]
    return []


@pytest.fixture
def three(portal: Portal, services: FakeServices) -> Portal:
    """Somebody who may enter three sites of two companies."""
    for site, line in PLACES.items():
        services.answers[f"GET /sites/{site}"] = (200, {**tier(), **chosen(line)})
    return portal


@pytest.mark.parametrize("path", ["/choix", "/mon-compte", "/aide", "/mon-compte/messages", "/cgu"])
def test_g79_without_a_company_the_icon_asks_for_which_one(portal: Portal, path: str) -> None:
    assert icons(portal.get(path))[0].get("href") == "/contacter"
    assert "Pour quelle entreprise ?" in portal.get("/contacter").text


@pytest.mark.parametrize(
    "path", [f"{SPACE}/", f"{SPACE}/suivi-dsn", f"/mon-compte?espace={SITE}", f"/aide?espace={SITE}"]
)
def test_g79_with_a_company_it_leads_to_the_form(portal: Portal, path: str) -> None:
    assert icons(portal.get(path))[0].get("href") == f"{SPACE}/contact"


def test_g79_an_error_page_leads_there_too(portal: Portal) -> None:
    assert "/contacter" in portal.get("/nulle-part", 404).links()
    assert "/contacter" in portal.get(f"/espace/{OTHER_ADHERENT}/{SITE}/", 404).links()


def test_g79_a_missing_right_keeps_the_company_and_its_form(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}"] = (200, tier(administrator=False))
    assert icons(portal.get(f"{SPACE}/droits", 403))[0].get("href") == f"{SPACE}/contact"


def test_g79_every_company_that_one_may_enter_is_offered(three: Portal) -> None:
    shown = three.get("/contacter")
    assert offered(shown, "entreprises") == [form_of(site) for site in PLACES]
    assert offered(shown, "recentes") == []
    assert three.get(offered(shown, "entreprises")[0]).one("textarea", name="message") is not None


def test_g79_the_last_ones_opened_stand_first(three: Portal) -> None:
    for site in (SITE, SITE_3, SITE_2, SITE_3):
        three.get(home_of(site))
    assert offered(three.get("/contacter"), "recentes") == [form_of(site) for site in (SITE_3, SITE_2, SITE)]


def test_g79_no_more_than_five_are_remembered(three: Portal, services: FakeServices) -> None:
    sites = [f"01930000-0000-7000-8000-0000000001b{number}" for number in range(7)]
    for site in sites:
        services.answers[f"GET /sites/{site}"] = (200, {**tier(), **chosen(SITES[0]), "site_id": site})
        three.get(f"{SPACE.rpartition('/')[0]}/{site}/")
    shown = offered(three.get("/contacter"), "recentes")
    assert [link.split("/")[3] for link in shown] == sites[:1:-1]


@pytest.mark.parametrize(("status", "code"), [(404, "introuvable"), (403, "acces_refuse")])
def test_g79_a_company_whose_access_ended_is_never_offered(
    three: Portal, services: FakeServices, status: int, code: str
) -> None:
    three.get(home_of(SITE_3))
    services.refuse(f"GET /sites/{SITE_3}", status, code, "")
    services.answers[LIST] = (200, page([chosen(one) for one in SITES[:2]]))
    shown = three.get("/contacter")
    assert not [link for link in shown.links() if SITE_3 in link]


def test_g79_what_is_on_the_page_already_is_not_asked_for_again(three: Portal, services: FakeServices) -> None:
    three.get(home_of(SITE_3))
    services.calls.clear()
    assert offered(three.get("/contacter"), "recentes") == [form_of(SITE_3)]
    assert [call.path for call in services.calls if call.service == "delegation"] == ["/sites"]


def test_g79_what_another_person_opened_here_is_not_remembered_for_me(three: Portal, services: FakeServices) -> None:
    three.get(home_of(SITE_3))
    status, token = services.answers["POST /sessions/token"]
    other = {**token["account"], "account_id": "01930000-0000-7000-8000-0000000000c2"}
    services.answers["POST /sessions/token"] = (status, {**token, "account": other})
    assert offered(three.get("/contacter"), "recentes") == []


def test_g79_one_single_company_is_not_asked_for(portal: Portal, services: FakeServices) -> None:
    services.answers[LIST] = (200, page([chosen(SITES[0])]))
    assert portal.get("/contacter", 302).location == f"{SPACE}/contact"


def test_g79_a_search_is_the_service_s(three: Portal, services: FakeServices) -> None:
    services.answers[LIST] = (200, page([chosen(SITES[2])]))
    three.get(home_of(SITE_2))
    shown = three.get("/contacter?recherche=rhône")
    assert services.called("GET /sites")[-1].query["search"] == "rhône"
    assert offered(shown, "entreprises") == [form_of(SITE_3)] and offered(shown, "recentes") == []
    services.answers[LIST] = (200, page([]))
    assert "Aucun site ne correspond." in three.get("/contacter?recherche=zzz").text


def test_g79_nobody_delegated_yet(portal: Portal, services: FakeServices) -> None:
    services.answers[LIST] = (200, page([]))
    assert "Les coordonnées de votre caisse figurent sur son site Internet" in portal.get("/contacter").text


def test_g79_who_is_not_logged_in_is_told_how_to_write(visitor: Portal, services: FakeServices) -> None:
    shown = visitor.get("/contacter")
    assert "Connectez-vous pour écrire à votre caisse" in shown.text and words(shown.one("h1")) == "Nous contacter"
    assert "/connexion?suite=/contacter" in shown.links()
    assert services.calls == []

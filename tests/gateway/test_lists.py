"""Lists as daily users want them: jumped in, what was opened last on top, the choice said."""

from tests.gateway import examples
from tests.gateway.examples import SITE, SITES, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words


def many(services: FakeServices, total: int) -> None:
    services.answers["GET /sites"] = (200, {**examples.page(SITES), "total": total})


def test_a_long_list_can_be_jumped_in_and_keeps_the_rest_of_its_address(portal: Portal, services: FakeServices) -> None:
    many(services, 5000)
    page = portal.get("/choix?tri=-siret&recherche=durand")
    assert "Page sur 200" in page.text
    field = page.one("input", name="page")
    assert field.get("form") == page.one("form", id="aller").get("id")
    said = {e.get("name"): e.get("value") for e in page.one("form", id="aller").iter("input")}
    assert said == {"tri": "-siret", "recherche": "durand"}
    many(services, 60)
    assert portal.get("/choix").all("form", id="aller") == []


def test_what_was_opened_last_stands_above_a_long_list_and_is_said_beside_valider(
    portal: Portal, services: FakeServices
) -> None:
    portal.get(f"{SPACE}/")
    assert portal.get("/choix").all("fieldset", class_="recents") == []
    many(services, 5000)
    page = portal.get(f"/choix?espace={SITE}")
    last = page.one("input", id=f"recent-{SITE}")
    assert last.get("checked") is not None and page.one("input", id=f"site-{SITE}").get("checked") is None
    assert words(page.one("p", class_="choisi")) == "ENTREPRISE DURAND, Siège Lyon"


def test_who_has_no_name_is_shown_by_an_address_that_breaks_at_its_joints(
    portal: Portal, services: FakeServices
) -> None:
    nameless = {**examples.PEOPLE[4], "email": "prenom.nom@entreprise.example.com"}
    services.answers[f"GET /adherents/{examples.ADHERENT}/delegations"] = (
        200,
        examples.page([examples.line(nameless)]),
    )
    page = portal.get(f"{SPACE}/droits")
    name = page.one("th", data_label="Nom et prénom")
    assert words(name) == nameless["email"]
    assert len(list(name.iter("wbr"))) == 4


def test_a_printed_page_says_its_day_and_its_address(portal: Portal) -> None:
    foot = words(portal.get(f"{SPACE}/droits").all("p", class_="papier")[-1])
    assert foot == f"Le 23/11/2026 à 10 h 00, https://espace.example.com{SPACE}/droits"


def test_a_line_without_alert_has_no_line_for_them_on_a_phone(portal: Portal) -> None:
    cells = portal.get("/choix").all("td", data_label="Alertes DSN")
    assert [("rien" in (cell.get("class") or ""), bool(words(cell))) for cell in cells] == [
        (False, True),
        (True, False),
        (False, True),
    ]


def test_a_printed_page_of_a_long_list_says_which_it_is(portal: Portal, services: FakeServices) -> None:
    people = [examples.line(one) for one in examples.PEOPLE]
    many = {**examples.page(people, 5), "page": 7, "total": 10_002}
    services.answers[f"GET /adherents/{examples.ADHERENT}/delegations"] = (200, many)
    paper = [words(one) for one in portal.get(f"{examples.SPACE}/droits?page=7").all("p", class_="papier")]
    assert paper[0] == "Page 7 sur 2 001"

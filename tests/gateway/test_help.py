"""The five icons of every page and what they open: questions, help and tutorial of the page, news (G71)."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest

from gateway.kit import news
from gateway.kit.help_texts import help_texts
from gateway.kit.questions import search, themes
from tests.gateway.examples import ADHERENT, OTHER_ADHERENT, SITE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, Shown, words
from tests.gateway.test_every_page import LINKS, OF_A_SITE, PUBLIC, SIGNED_IN

ICONS = [
    "Contacter votre caisse CIBTP",
    "Questions-Réponses",
    "Aide applicative de la page",
    "Nouveautés de l'Espace sécurisé",
    "Tutoriel de la page",
]
SOMETIMES = {
    "#code",
    "#recentes",
    ".avis",
    ".cloche",
    ".grille",
    "code",
    ".actions",
    ".liste",
}  # on the page in one state only


def icons(page: Shown) -> list[Element]:
    """The links of the function bar."""
    return list(page.one("nav", class_="fonctions").iter("a"))


def holds(page: Shown, selector: str) -> bool:
    """Whether a step of a tutorial would find what it speaks of."""
    name = selector.lstrip("#.")
    for one in page.root.iter():
        if selector[0] == "#" and one.get("id") == name or selector[0] == "." and name in one.get("class", "").split():
            return True
        if selector == one.tag:
            return True
    return False


@pytest.mark.parametrize("path", PUBLIC + SIGNED_IN + OF_A_SITE)
def test_g71_every_page_has_the_five_icons_and_a_tutorial_that_finds_its_parts(portal: Portal, path: str) -> None:
    if path == "/connexion":
        portal.client.delete_cookie("__Host-session", domain="espace.example.com")
    page = portal.get(path)
    bar = icons(page)
    assert [words(one.find("span")) for one in bar] == ICONS
    told = help_texts()[bar[4].get("data-tutoriel", "")]
    lost = {one.shows for one in told.steps if not holds(page, one.shows)} - SOMETIMES
    assert not lost, f"{told.page}.toml shows {lost}, which is not on the page."


@pytest.mark.parametrize("purpose", LINKS)
def test_g71_the_page_of_a_link_has_its_help_too(visitor: Portal, purpose: str) -> None:
    told = help_texts()[icons(visitor.get(visitor.follow(purpose)))[4].get("data-tutoriel", "")]
    assert told.page != "erreur"


@pytest.mark.parametrize("path", ["/nulle-part", f"/espace/{OTHER_ADHERENT}/{SITE}/"])
def test_g71_an_error_page_has_them_and_its_own_help(portal: Portal, path: str) -> None:
    bar = icons(portal.get(path, 404))
    assert [words(one.find("span")) for one in bar] == ICONS
    assert bar[4].get("data-tutoriel") == "erreur"


def test_the_help_is_the_page_s_own_and_comes_back_to_it_as_it_was(portal: Portal) -> None:
    path = f"{SPACE}/suivi-dsn?annee=2026"
    link = icons(portal.get(path))[2].get("href", "")
    page = portal.get(link)
    assert words(page.one("h1")) == "Aide : Suivi DSN"
    assert path in page.links() and "ENTREPRISE DURAND" in page.text
    assert [words(one.find("strong")) for one in page.one("ol", id="tutoriel")] == [
        one.title for one in help_texts()["suivi-dsn"].steps
    ]


def test_a_refused_form_comes_back_to_the_page_that_holds_it(portal: Portal) -> None:
    sent = portal.post(
        f"/mon-compte/contact?espace={SITE}", 422, headers={"Referer": f"{BASE}/mon-compte/contact?espace={SITE}"}
    )
    bar = icons(sent)
    assert bar[4].get("data-tutoriel") == "compte-contact"
    assert parse_qs(urlsplit(bar[2].get("href", "")).query)["depuis"] == [f"/mon-compte/contact?espace={SITE}"]


def test_the_pages_of_help_carry_on_where_they_came_from(portal: Portal) -> None:
    path = f"{SPACE}/droits"
    opened = portal.get(icons(portal.get(path))[1].get("href", ""))
    for link in (icons(opened)[2].get("href", ""), icons(opened)[3].get("href", "")):
        assert path in portal.get(link).links()
    assert opened.field("depuis") == path


@pytest.mark.parametrize("away", ["//evil.example", "https://evil.example/", "/\\evil", "javascript:alert(1)"])
def test_the_way_back_is_a_page_of_this_site(portal: Portal, away: str) -> None:
    for page in ("/aide/droits", "/questions-reponses", "/nouveautes"):
        shown = portal.client.get(page, base_url=BASE, query_string={"depuis": away})
        assert "evil" not in shown.text and "javascript:" not in shown.text


def test_no_link_carries_the_token_of_a_mail(visitor: Portal) -> None:
    token = "A" * 44
    page = visitor.get(f"/lien/preferences/{token}")
    assert not [link for link in page.links() if token in link]


def test_the_help_of_no_page_is_not_found(visitor: Portal) -> None:
    visitor.get("/aide/nulle-part", 404)


def test_the_general_help_leads_to_all_of_it(visitor: Portal) -> None:
    links = visitor.get("/aide").links()
    assert {"/questions-reponses", "/nouveautes"} <= links
    assert {f"/aide/{page}" for page in help_texts()} <= links


@pytest.mark.parametrize("typed", ["mot de passe oublié", "MOT DE PASSE OUBLIE", "j'ai oublié mon mot de passe"])
def test_a_search_knows_no_accents_no_capitals_no_small_words(visitor: Portal, typed: str) -> None:
    page = visitor.client.get("/questions-reponses", base_url=BASE, query_string={"recherche": typed})
    first = re.findall(r"<h2>([^<]+)</h2>", page.text)[0]
    assert first == "J&#39;ai oublié mon mot de passe"


def test_a_search_shows_each_answer_under_its_question(visitor: Portal) -> None:
    page = visitor.get("/questions-reponses?recherche=collège")
    assert [words(one) for one in page.all("h2")][0] == "À quoi servent les collèges ?"
    assert "Au moins un collège doit rester coché." in page.text
    assert not page.all("details")


def test_a_search_that_finds_nothing_says_so_and_leads_to_the_caisse(visitor: Portal) -> None:
    page = visitor.get("/questions-reponses?recherche=zzz<b>")
    assert "Aucune question ne correspond à « zzz<b> »." in page.text and "/contacter" in page.links()


def test_the_nearest_questions_are_said_to_be_only_near() -> None:
    found = search("alerte girafe")
    assert found.close and "alerte" in found.questions[0].question.lower()
    assert not search("alerte DSN").close and search("").questions == ()


def test_every_question_is_found_by_its_own_words() -> None:
    for theme in themes():
        for one in theme.questions:
            assert one in search(one.question).questions[:3], one.question


def test_without_a_search_the_questions_stand_by_theme(visitor: Portal) -> None:
    page = visitor.get("/questions-reponses")
    assert [words(one) for one in page.all("h2")] == [" ".join(one.title.split()) for one in themes()]
    assert len(page.all("details")) == sum(len(one.questions) for one in themes())


def test_the_news_are_those_of_the_changelog_without_what_is_for_operators(visitor: Portal) -> None:
    first = visitor.get("/nouveautes")
    (address,) = [one for one in first.links() if one.endswith("edition=2026-11-26")]
    page = visitor.get(address)
    assert "Première version" in page.text and "Ouverture de compte" in page.text
    assert "Ouverture de compte" not in first.text  # one edition whole, the others by their names
    assert "ESPACE_DELIVERY_LIMIT" not in page.text and "entrypoint.sh" not in page.text


CHANGES = """# Nouveautés

## 2026-12-01 — Deux choses
### Connexion
- Une ligne
  qui continue : `ici`.
- Une autre.
### Exploitation
- `make secrets`.

## 2026-11 — Première version
### DSN
- Une alerte.
"""


def test_how_a_changelog_is_read() -> None:
    newest, first = news.editions(CHANGES)
    assert (newest.day, newest.when, newest.title) == (date(2026, 12, 1), "1er décembre 2026", "Deux choses")
    (theme,) = newest.themes
    assert theme.items == ("Une ligne qui continue\u00a0: ici.", "Une autre.")
    assert (first.day, first.when) == (date(2026, 11, 1), "novembre 2026")
    with pytest.raises(ValueError, match="says no day"):
        news.editions("## Bientôt\n- rien")


def unread(page: Shown) -> bool:
    """Whether the icon of the news has its mark."""
    return "data-point" in icons(page)[3].attrib


def test_the_mark_of_unread_news_goes_when_the_page_was_opened_and_stays_away(portal: Portal) -> None:
    home = portal.get(f"{SPACE}/")
    assert unread(home) and "(non lues)" in words(icons(home)[3])
    assert "Non lue" in portal.get("/nouveautes").text
    assert not unread(portal.get(f"{SPACE}/")) and "Non lue" not in portal.get("/nouveautes").text


def test_the_mark_is_of_each_person(portal: Portal, services: FakeServices) -> None:
    portal.get("/nouveautes")
    status, token = services.answers["POST /sessions/token"]
    other = {**token["account"], "account_id": "01930000-0000-7000-8000-0000000000c2"}
    services.answers["POST /sessions/token"] = (status, {**token, "account": other})
    assert unread(portal.get(f"{SPACE}/"))
    services.answers["POST /sessions/token"] = (status, token)
    assert not unread(portal.get(f"{SPACE}/"))


def test_the_mark_comes_back_with_the_next_news(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    portal.get("/nouveautes")
    monkeypatch.setattr("gateway.kit.functions_bar.newest", lambda: "2099-01-01")
    assert unread(portal.get(f"{SPACE}/"))


def test_a_visitor_has_no_mark(visitor: Portal) -> None:
    assert not unread(visitor.get("/connexion")) and not unread(visitor.get("/nouveautes"))


def test_the_memory_of_a_browser_is_its_own_and_signed(portal: Portal) -> None:
    answer = portal.get("/nouveautes").response
    (kept,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-memoire-")]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in kept.split(";")}
    name = kept.partition("=")[0]
    portal.client.set_cookie(name, '["2099-01-01"].faux', domain="espace.example.com", secure=True)
    assert unread(portal.get(f"{SPACE}/"))
    assert ADHERENT not in kept

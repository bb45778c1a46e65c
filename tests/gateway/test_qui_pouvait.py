"""« Qui pouvait quoi, un jour passé »: what delegation answers about a day, a page tells in words (rows 22 and 31)."""

from tests.gateway.examples import ACTIVE, ADHERENT, PEOPLE, SPACE, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.journal_examples import held, part, past
from tests.gateway.portal import Portal, words

LIST = f"{SPACE}/droits"
PAGE = f"{LIST}/qui-pouvait"
ASKED = f"GET /adherents/{ADHERENT}/who-could"
TWICE = (
    part(until="2026-11-20T09:00:00+00:00"),
    part("2026-11-20T09:00:00+00:00", "2026-11-20T16:30:00+00:00", administrator=True, rights={}),
)


def test_it_is_reached_from_the_list_and_from_the_history_and_opens_on_today(
    portal: Portal, services: FakeServices
) -> None:
    assert PAGE in portal.get(LIST).links() and PAGE in portal.get(f"{LIST}/historique").links()
    shown = portal.get(PAGE)
    (called,) = services.called(ASKED)
    assert called.query["page_size"] == "25" and set(called.query) == {"jour", "page_size"}
    assert f"{LIST}/{ACTIVE}" in shown.links()


def test_it_says_who_could_what_from_when_to_when(portal: Portal, services: FakeServices) -> None:
    services.answers[ASKED] = (200, past(held(PEOPLE[1], *TWICE)))
    shown = portal.get(f"{PAGE}?jour=20/11/2026")
    assert "Le 20/11/2026, d'après ce qui était connu le 23/11/2026 à 10 h 00." in shown.text
    (row,) = [words(row) for row in shown.all("tr") if row.find("td") is not None]
    assert row.startswith("Anne Lefèvre lefèvre@example.com Jusqu'à 10 h 00 Droits d'administration : non")
    assert "Mes documents : consultation À partir de 10 h 00 et jusqu'à 17 h 30 Droits d'administration : oui" in row


def test_what_was_known_at_the_end_of_a_day_and_the_person_are_asked_and_kept_in_its_pages(
    portal: Portal, services: FakeServices
) -> None:
    services.answers[ASKED] = (200, past(held(PEOPLE[1], part()), then=ACTIVE))
    shown = portal.get(f"{PAGE}?jour=20/11/2026&personne=Lef%C3%A8vre&connu=24/11/2026&apres={ACTIVE}")
    assert services.called(ASKED)[0].query == {
        **{"jour": "2026-11-20", "personne": "Lefèvre", "connu": "2026-11-25T00:00:00+01:00"},
        **{"page_size": "25", "apres": ACTIVE},
    }
    (next_page,) = [one for one in shown.links() if f"apres={ACTIVE}" in one]
    assert "connu=24/11/2026" in next_page and "jour=20/11/2026" in next_page and "Depuis le début" in shown.text


def test_a_day_that_is_none_or_to_come_is_said_beside_it(portal: Portal, services: FakeServices) -> None:
    assert "Saisissez le jour." in portal.get(f"{PAGE}?jour=", 422).text
    assert "Cette date n'existe pas." in portal.get(f"{PAGE}?jour=31/02/2026", 422).text
    assert not services.called(ASKED)
    services.refuse(ASKED, 422, "jour_a_venir", "", ("jour", "Ce jour n'est pas encore venu."))
    assert "Ce jour n'est pas encore venu." in portal.get(f"{PAGE}?jour=01/01/2030", 422).text


def test_nobody_is_said(portal: Portal, services: FakeServices) -> None:
    services.answers[ASKED] = (200, past())
    assert "Personne ne pouvait agir ce jour-là." in portal.get(f"{PAGE}?jour=20/11/2026").text
    assert "Personne de ce nom" in portal.get(f"{PAGE}?jour=20/11/2026&personne=x").text


def test_it_is_for_administrators(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SPACE.rpartition('/')[2]}"] = (200, tier(administrator=False))
    portal.get(PAGE, 403)
    assert not services.called(ASKED)

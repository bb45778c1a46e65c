"""« Délégations à accepter »: who has an account accepts with it, logged in, or by the link of the mail (T1, K14)."""

import pytest

from tests.gateway.examples import PERSON, SITES, page
from tests.gateway.fake_services import FakeServices
from tests.gateway.invitation_examples import INVITATION, OFFERS
from tests.gateway.portal import Portal, words

FIRST = OFFERS[0]["delegation_id"]
ALL = "/choix/delegations/acceptation"
ACCEPTANCE = f"/choix/delegations/{FIRST}/acceptation"


def offered(services: FakeServices, *offers: dict[str, object], **changes: object) -> None:
    services.answers["GET /account/invitations"] = (200, {**page(list(offers)), **changes})


def linked(services: FakeServices, by: str, email: str = str(INVITATION["email"])) -> None:
    services.answers["POST /invitations/lookup"] = (200, {**INVITATION, "email": email, "accepts_by": by})


def test_what_waits_is_above_the_sites_and_says_who_offers_what_and_when(
    portal: Portal, services: FakeServices
) -> None:
    assert "Délégations à accepter" not in portal.get("/choix").text
    offered(services, *OFFERS)
    shown = portal.get("/choix")
    first, second = shown.one("ul", class_="offres").findall("li")
    said = "L'entreprise CHARPENTES LEROY (identifiant CIBTP 033 9001) a initié une délégation en votre faveur"
    assert said in words(first)
    assert "vous invite à administrer son Espace sécurisé" in words(second) and "31/12/2027" in words(second)
    assert first.find(".//bdi") is not None
    assert first.find("form").get("action") == ACCEPTANCE  # type: ignore[union-attr]
    assert shown.text.index("Délégations à accepter") < shown.text.index("Veuillez sélectionner")


def test_accepting_is_one_press_and_says_that_the_company_still_confirms(
    portal: Portal, services: FakeServices
) -> None:
    assert portal.post(ACCEPTANCE).location == "/choix"
    (call,) = services.called(f"POST /account/invitations/{FIRST}/acceptance")
    assert call.headers["Idempotency-Key"]
    assert "demande de confirmation vient d'être envoyé à l'administrateur" in portal.get("/choix").text


def test_all_that_is_shown_is_accepted_in_one_press(portal: Portal, services: FakeServices) -> None:
    """T1, of several at once."""
    offered(services, *OFFERS)
    shown = portal.get("/choix")
    assert "Accepter les 2 délégations ci-dessus" in shown.text
    assert "1 fonction en consultation, 1 fonction en mise à jour" in shown.text
    ids = [one["delegation_id"] for one in OFFERS]
    assert shown.one("input", name="delegations").get("value") == " ".join(map(str, ids))
    assert portal.post(ALL, delegations=" ".join(map(str, ids))).location == "/choix"
    (call,) = services.called("POST /account/invitations/acceptance")
    assert call.json == {"delegation_ids": ids} and call.headers["Idempotency-Key"]
    assert "Vous avez accepté 2 délégations." in portal.get("/choix").text
    services.answers["POST /account/invitations/acceptance"] = (200, {"delegation_ids": ids[:1]})
    portal.post(ALL, delegations=" ".join(map(str, ids)))
    said = portal.get("/choix").text
    assert "Vous avez accepté 1 délégation." in said and "1 autre n'est plus à accepter." in said


def test_of_several_that_wait_no_longer_that_is_said(portal: Portal, services: FakeServices) -> None:
    services.refuse("POST /account/invitations/acceptance", 404, "introuvable", "")
    portal.post(ALL, delegations=FIRST)
    assert "Ces délégations ne sont plus à accepter." in portal.get("/choix").text
    offered(services, OFFERS[0])
    assert "délégations ci-dessus" not in portal.get("/choix").text


@pytest.mark.parametrize("typed", ["", "x", " ".join([str(FIRST)] * 21)])
def test_what_no_page_of_ours_sends_accepts_nothing(portal: Portal, services: FakeServices, typed: str) -> None:
    portal.post(ALL, status=404, delegations=typed)
    assert services.called("POST /account/invitations/acceptance") == []


def test_what_waits_no_longer_is_said(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"POST /account/invitations/{FIRST}/acceptance", 404, "introuvable", "")
    portal.post(ACCEPTANCE)
    assert "Cette délégation n'est plus à accepter." in portal.get("/choix").text


def test_who_has_one_single_site_sees_what_waits_before_he_enters(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /sites"] = (200, page(SITES[:1]))
    portal.get("/choix", 302)
    offered(services, OFFERS[0])
    assert "Délégations à accepter" in portal.get("/choix").text


def test_who_has_no_site_yet_accepts_all_the_same(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /sites"] = (200, page([]))
    offered(services, OFFERS[0])
    shown = portal.get("/choix")
    assert "CHARPENTES LEROY" in shown.text and "Aucun adhérent ne vous ouvre actuellement" in shown.text


def test_more_than_fit_are_counted_and_the_others_are_a_page_away(portal: Portal, services: FakeServices) -> None:
    offered(services, *OFFERS, total=31)
    shown = portal.get("/choix")
    assert "31 délégations à accepter en tout" in shown.text and "/choix?offres=2" in shown.links()
    offered(services, OFFERS[1], total=31, page=2)
    assert "/choix?offres=1" in portal.get("/choix?offres=2").links()
    assert [call.query["page"] for call in services.called("GET /account/invitations")] == ["1", "2"]


@pytest.mark.parametrize("status", [503, 404])
def test_the_choice_goes_on_without_what_cannot_be_read(portal: Portal, services: FakeServices, status: int) -> None:
    services.breaks("GET /account/invitations", status, {"code": "absent"})
    assert "Veuillez sélectionner une ligne" in portal.get("/choix").text


def test_the_link_of_who_has_an_account_asks_him_to_log_in(visitor: Portal, services: FakeServices) -> None:
    linked(services, "connexion")
    shown = visitor.get(visitor.follow("invitation"))
    sentence = "Vous avez déjà un espace sécurisé : connectez-vous pour accepter la délégation de ENTREPRISE DURAND."
    assert sentence in shown.text
    assert "/connexion?suite=/choix" in shown.links()
    assert not shown.all("input", name="mot_de_passe")


def test_who_is_logged_in_already_goes_straight_to_what_waits(portal: Portal, services: FakeServices) -> None:
    linked(services, "connexion", PERSON["email"])
    assert portal.get(portal.follow("invitation"), 302).location == "/choix"


def test_somebody_else_is_asked_to_log_out(portal: Portal, services: FakeServices) -> None:
    linked(services, "connexion", "autre@example.com")
    assert "Vous êtes connecté avec un autre compte" in portal.get(portal.follow("invitation")).text


def test_who_cannot_log_in_yet_accepts_by_the_link(visitor: Portal, services: FakeServices) -> None:
    linked(services, "lien")
    link = visitor.follow("invitation")
    shown = visitor.get(link)
    assert "vous n'avez aucun formulaire à remplir" in shown.text
    assert shown.one("form", action=f"{link}/acceptation") is not None
    answered = visitor.post(f"{link}/acceptation")
    assert services.called("POST /invitations/accept")[0].json == {"token": "jeton"}
    assert "demande de confirmation de votre délégation" in visitor.get(answered.location).text


def test_a_link_that_died_meanwhile_says_so(visitor: Portal, services: FakeServices) -> None:
    services.refuse("POST /invitations/accept", 410, "lien_perime", "")
    assert "Lien non valable" in visitor.post(f"{visitor.follow('invitation')}/acceptation", status=410).text

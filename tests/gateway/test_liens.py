"""The pages behind the links of the mails (G43–G51, G57, AA6–AA10)."""

import re

import pytest

from tests.gateway.examples import FILE
from tests.gateway.fake_services import FakeServices
from tests.gateway.invitation_examples import INVITATION
from tests.gateway.portal import BASE, Portal, Shown, words

M3 = "Ce lien n'est plus valable. Vous pouvez en demander un nouveau."
ACCOUNT = {
    "mot_de_passe": "Chantier-26",
    "confirmation": "Chantier-26",
    "nom": "Martin",
    "prenom": "Claire",
    "pays_mobile": "+33",
    "telephone_mobile": "06 39 98 00 01",
}
PAGES = {
    "invitation": "/ouverture-de-delegation",
    "reinitialisation": "/reinitialisation",
    "identifiant": "/identifiant/activation",
    "annulation": "/identifiant/annulation",
    "certification": "/certification",
    "dossier": "/dossier",
}


def forgotten(answer: Shown, link: str) -> bool:
    """Was the browser told to forget that link?"""
    return f"__Host-lien-{link.rpartition('/')[2]}=;" in str(answer.response.headers)


@pytest.mark.parametrize(("purpose", "page"), PAGES.items())
def test_aa9_a_link_shows_its_page_without_the_token_in_the_address(
    visitor: Portal, services: FakeServices, purpose: str, page: str
) -> None:
    for method in ("get", "head", "get", "head", "get"):
        answer = getattr(visitor.client, method)(f"/lien/{purpose}/jeton-secret", base_url=BASE)
        assert answer.status_code == 303
        assert re.fullmatch(f"{page}/[0-9a-f]{{16}}", answer.headers["Location"])
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert services.calls == []
    assert "jeton-secret" not in visitor.get(answer.headers["Location"]).response.text


def test_a_link_keeps_to_its_purpose(visitor: Portal, services: FakeServices) -> None:
    handle = visitor.follow("invitation").rpartition("/")[2]
    assert M3 in visitor.get(f"/reinitialisation/{handle}", 410).text
    assert services.called("POST /password-resets/lookup") == []


def test_g44_g49_the_page_says_who_invites_before_any_password(visitor: Portal) -> None:
    """The address stands fixed (G46); what is asked, with its stars (G45, G47); the consent (G48)."""
    page = visitor.get(visitor.follow("invitation"))
    for said in (
        "L'entreprise ENTREPRISE DURAND",
        "Ouverture de délégation",
        "Informations de contact et de connexion",
        "Attention! Tous les champs marqués d'un * sont obligatoires.",
        "Informations de connexion",
        "Mot de passe *",
        "Confirmation mot de passe *",
        "Nom *",
        "Prénom *",
        "quelques fois par an, des informations réglementaires et pratiques ainsi que des actualités de la caisse.",
        "8 caractères minimum et comprenant au moins 3 des 4 jeux de caractères",
    ):
        assert said in page.text
    assert page.text.index("ENTREPRISE DURAND") < page.text.index("Mot de passe *")
    assert page.one("input", id="email").get("readonly") is not None


def test_g44_the_rights_that_are_offered_are_read_before_anything_is_typed(
    visitor: Portal, services: FakeServices
) -> None:
    shown = visitor.get(visitor.follow("invitation"))
    offered = shown.one("details")
    assert "Droits d'accès proposés" in words(offered)
    assert "Ma situation de compteConsultation" in words(offered)
    assert "Mes déclarations nominativesMise à jour" in words(offered) and "Collèges : Ouvriers, ETAM" in words(offered)
    assert "SIREN 732 829 320" in shown.text
    services.answers["POST /invitations/lookup"] = (200, {**INVITATION, "colleges": None, "rights": None})
    assert "Droits d'accès proposés" not in visitor.get(visitor.follow("invitation")).text


def test_g5_the_founders_page_speaks_to_a_founder_and_knows_his_name(visitor: Portal, services: FakeServices) -> None:
    status, invitation = services.answers["POST /invitations/lookup"]
    named = {**invitation, "kind": "fondateur", "nom": "Durand", "prenom": "Paul", "administrator": True}
    services.answers["POST /invitations/lookup"] = (status, named)
    page = visitor.get(visitor.follow("invitation"))
    assert "Votre caisse vous a désigné Administrateur Entreprise de l'entreprise ENTREPRISE DURAND" in page.text
    assert "vous invite à administrer" not in page.text
    assert [page.one("input", id=name).get("value") for name in ("nom", "prenom")] == ["Durand", "Paul"]


def test_g51_completing_sends_the_form_and_shows_the_end_screen(visitor: Portal, services: FakeServices) -> None:
    link = visitor.follow("invitation")
    answer = visitor.post(link, **ACCOUNT)
    assert services.called("POST /invitations/complete")[0].json == {
        **{name: ACCOUNT[name] for name in ("mot_de_passe", "confirmation", "nom", "prenom")},
        "token": "jeton",
        "telephone_fixe": None,
        "telephone_mobile": "+33639980001",
        "newsletter": False,
    }
    assert forgotten(answer, link)
    page = visitor.get(answer.location)
    assert "Merci d'avoir finalisé l'ouverture de la délégation." in page.text
    assert (
        "Un courriel de demande de confirmation de votre délégation vient d'être envoyé à l'administrateur."
        in page.text
    )


def test_the_founder_is_told_his_account_is_usable_now(visitor: Portal, services: FakeServices) -> None:
    services.answers["POST /invitations/complete"] = (200, {"founder": True})
    page = visitor.get(visitor.post(visitor.follow("invitation"), **ACCOUNT).location)
    assert "vous pouvez vous connecter dès maintenant" in page.text
    assert "/connexion" in page.links()


def test_a_refused_field_is_said_beside_it_and_values_are_kept(visitor: Portal, services: FakeServices) -> None:
    too_common = "Ce mot de passe est trop courant."
    services.refuse("POST /invitations/complete", 422, "mot_de_passe_trop_courant", "", ("mot_de_passe", too_common))
    page = visitor.post(visitor.follow("invitation"), status=422, **ACCOUNT)
    assert page.text.count(too_common) == 2
    assert page.one("small", id="mot_de_passe-erreur") is not None
    assert page.field("nom") == "Martin"
    assert page.field("mot_de_passe") is None


@pytest.mark.parametrize(
    ("lookup", "purpose"),
    [("invitations", "invitation"), ("password-resets", "reinitialisation"), ("certifications", "certification")],
)
def test_m3_a_dead_link_offers_a_new_one(visitor: Portal, services: FakeServices, lookup: str, purpose: str) -> None:
    services.refuse(f"POST /{lookup}/lookup", 410, "lien_perime", M3)
    shown = visitor.get(visitor.follow(purpose), 410)
    assert M3 in shown.text
    assert "Demander un nouveau lien" in shown.text


def test_a_dead_invitation_is_renewed_with_the_neutral_answer(visitor: Portal, services: FakeServices) -> None:
    link = visitor.follow("invitation", "mort")
    assert visitor.post(f"{link}/nouveau-lien").location == "/connexion"
    assert services.called("POST /invitations/renew")[0].json == {"token": "mort"}
    assert "un nouveau lien vient d'être envoyé à l'adresse qui l'avait reçu" in visitor.get("/connexion").text


def test_a_link_that_dies_under_the_form(visitor: Portal, services: FakeServices) -> None:
    services.refuse("POST /invitations/complete", 410, "lien_perime", M3)
    assert M3 in visitor.post(visitor.follow("invitation"), status=410, **ACCOUNT).text


def test_g57_the_new_password_leads_to_login(visitor: Portal, services: FakeServices) -> None:
    answer = visitor.post(visitor.follow("reinitialisation"), mot_de_passe="Chantier-26", confirmation="Chantier-26")
    assert answer.location == "/connexion"
    assert services.called("POST /password-resets/complete")[0].json["token"] == "jeton"
    assert "Votre mot de passe est modifié." in visitor.get("/connexion").text


def test_g54_the_button_certifies_the_address_again(visitor: Portal, services: FakeServices) -> None:
    link = visitor.follow("certification")
    assert "durand@example.com" in visitor.get(link).text
    assert services.called("POST /certifications/complete") == []
    answer = visitor.post(link)
    assert services.called("POST /certifications/complete")[0].json == {"token": "jeton"}
    assert forgotten(answer, link)
    assert "La certification de votre adresse électronique est renouvelée." in visitor.get(answer.location).text


def test_g54_whoever_is_logged_in_goes_on(portal: Portal) -> None:
    assert portal.post(portal.follow("certification")).location == "/mon-compte"


def test_g54_a_dead_certification_link_is_renewed_with_the_neutral_answer(
    visitor: Portal, services: FakeServices
) -> None:
    link = visitor.follow("certification", "mort")
    assert visitor.post(f"{link}/nouveau-lien").location == "/connexion"
    assert services.called("POST /certifications/renew")[0].json == {"token": "mort"}
    assert "un nouveau lien vient d'être envoyé à l'adresse qui l'avait reçu" in visitor.get("/connexion").text


def test_the_caisse_downloads_a_file_as_an_attachment(visitor: Portal, services: FakeServices) -> None:
    (link,) = [link for link in visitor.get(visitor.follow("dossier")).links() if "/fichiers/" in link]
    answer = visitor.client.get(link, base_url=BASE)
    assert answer.data == b"%PDF-1.7 essai"
    assert answer.headers["Content-Disposition"] == "attachment; filename=a.pdf"
    assert answer.mimetype == "application/octet-stream"
    assert services.calls[-1].headers["X-Dossier-Token"] == "jeton"


def test_the_caisse_is_told_which_files_wait_for_the_antivirus_or_held_a_virus(
    visitor: Portal, services: FakeServices
) -> None:
    status, found = services.answers["POST /dossiers/lookup"]
    (file,) = found["files"]
    told = [{**file, "name": "b.pdf", "scan": "en_cours"}, {**file, "name": "c.pdf", "scan": "infecte"}]
    services.answers["POST /dossiers/lookup"] = (status, {**found, "files": [{**file, "scan": "sain"}, *told]})
    page = visitor.get(visitor.follow("dossier"))
    assert "b.pdf en cours d'analyse" in page.text
    assert "c.pdf Fichier supprimé : un virus a été détecté." in page.text
    assert len([link for link in page.links() if "/fichiers/" in link]) == 1


def test_a_file_that_is_still_scanned_is_refused_with_the_services_words(
    visitor: Portal, services: FakeServices
) -> None:
    sentence = "Ce fichier est en cours d'analyse. Réessayez dans quelques minutes."
    services.refuse(f"GET /dossiers/files/{FILE}", 409, "analyse_en_cours", sentence)
    assert sentence in visitor.get(f"{visitor.follow('dossier')}/fichiers/{FILE}", 409).text

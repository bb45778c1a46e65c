"""« Nous contacter » and « Mes messages » (G79–G87, C3, M11, M12, M14)."""

from io import BytesIO
from uuid import UUID, uuid5

from tests.gateway.examples import ADHERENT, MESSAGE, SPACE
from tests.gateway.examples import page as page_of
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal

PAGE = f"{SPACE}/contact"
WRITE = f"POST /adherents/{ADHERENT}/messages"
LETTER = {"objet": "Question", "message": "Bonjour,\nUne question.", "consentement": "true"}
KEY = "01930000-0000-7000-8000-00000000bbbb"


def test_g79_g87_the_form_in_the_guide_s_words(portal: Portal) -> None:
    page = portal.get(PAGE)
    for text in (
        "Accueil Nous contacter",
        "Des questions, des difficultés ? N'hésitez pas à contacter nos conseillers par courriel",
        "Merci de compléter le formulaire ci-dessous",
        "Attention! Tous les champs marqués d'un * sont obligatoires.",
        "Objet*",
        "Message*",
        "Pièce(s) jointe(s)",
        "Vous pouvez choisir, ou glisser-déposer, jusqu'à 20 fichiers (dans la limite de 40 Mo).",
        "font l'objet d'un traitement par la caisse de CIBTP Rhône-Alpes en vue de répondre",
        "sans préjudice des obligations particulières de conservation",
        "En cochant cette case, je donne mon consentement au traitement de mes données",
        "Annuler Envoyer",
    ):
        assert text in page.text


def test_g81_the_contact_block_is_read_only_and_never_sent(portal: Portal) -> None:
    page = portal.get(PAGE)
    for field, value in {"nom": "Durand", "email": "durand@example.com", "identifiant": "033 4521"}.items():
        shown = page.one("input", id=field)
        assert (shown.get("value"), shown.get("name")) == (value, None)
        assert shown.get("readonly") is not None


def test_g82_g83_the_message_goes_once_with_its_files(portal: Portal, services: FakeServices) -> None:
    files = [(BytesIO(b"%PDF-1.7"), "bordereau.pdf"), (BytesIO(b"abc"), "note.txt")]
    answer = portal.post(PAGE, cle=KEY, fichiers=files, **LETTER)
    (call,) = services.called(WRITE)
    assert call.headers["Idempotency-Key"] == str(uuid5(UUID(KEY), f"POST {call.path}"))
    for part in (
        b'name="objet"',
        b'name="consentement"',
        b'filename="bordereau.pdf"',
        b'filename="note.txt"',
        b"%PDF-1.7",
    ):
        assert part in call.content
    assert answer.location == f"{SPACE}/contact/recu/{MESSAGE}"


def test_the_receipt_gives_the_reference(portal: Portal) -> None:
    page = portal.get(f"{SPACE}/contact/recu/{MESSAGE}")
    assert "Votre message est transmis à votre caisse sous la référence C-2026-000001." in page.text
    assert "bordereau.pdf (12 ko)" in page.text


def test_m14_what_is_missing_is_said_and_the_text_is_kept(portal: Portal, services: FakeServices) -> None:
    page = portal.post(PAGE, status=422, message="Bonjour")
    assert "Votre consentement est nécessaire." in page.text
    assert "Saisissez l'objet de votre message." in page.text
    assert page.one("textarea", name="message").text == "Bonjour"
    assert services.called(WRITE) == []


def test_m11_m12_a_refusal_by_contact_keeps_the_text_and_renews_the_key(portal: Portal, services: FakeServices) -> None:
    sentence = "Ce type de fichier n'est pas accepté."
    services.refuse(WRITE, 422, "type_de_fichier_refuse", sentence, ("fichiers.0", sentence))
    page = portal.post(PAGE, status=422, cle=KEY, fichiers=[(BytesIO(b"MZ"), "a.exe")], **LETTER)
    assert sentence in page.text
    assert "Choisissez de nouveau vos fichiers" in page.text
    assert page.keys() and KEY not in page.keys()
    assert page.one("textarea", name="message").text == LETTER["message"]


def test_m12_each_refused_file_is_shown_with_its_reason(portal: Portal, services: FakeServices) -> None:
    sentences = ("vide.pdf : Ce fichier est vide.", "a.exe : Ce type de fichier n'est pas accepté.")
    errors = [("fichiers", sentence) for sentence in sentences]
    services.refuse(WRITE, 422, "type_de_fichier_refuse", "Ce fichier est vide.", *errors)
    page = portal.post(PAGE, status=422, cle=KEY, fichiers=[(BytesIO(b"MZ"), "a.exe")], **LETTER)
    assert [page.text.count(sentence) for sentence in sentences] == [2, 2]  # above the form, and beside the files


def test_m11_too_many_bytes_are_refused_before_any_service(portal: Portal, services: FakeServices) -> None:
    token = portal.token()
    files = [(BytesIO(b"x" * (43 * 1024 * 1024)), "gros.bin")]
    page = portal.post(PAGE, status=413, token=token, fichiers=files, **LETTER)
    assert "20 fichiers au maximum, 40 Mo au total." in page.text
    assert services.called(WRITE) == []


def test_m11_words_typed_beside_files_that_are_too_much_are_there_again_without_a_script(
    portal: Portal, services: FakeServices
) -> None:
    pour = portal.get(PAGE).all("input", name="pour")[0].get("value")
    files = [(BytesIO(b"x" * (43 * 1024 * 1024)), "gros.bin")]
    typed = {**LETTER, "objet": "Retard de paiement", "message": "Où en est mon dossier ?"}
    sent = portal.post(PAGE, status=303, headers={"Referer": f"{BASE}{PAGE}"}, pour=pour, **typed, fichiers=files)
    assert sent.location == PAGE
    again = portal.get(PAGE)
    assert again.field("objet") == "Retard de paiement" and "Où en est mon dossier" in again.text
    assert "Vos fichiers ne sont pas envoyés" in again.text and "Ce que vous aviez saisi est repris." in again.text
    assert services.called(WRITE) == []


def test_m11_words_of_somebody_else_are_not_taken_over(portal: Portal) -> None:
    files = [(BytesIO(b"x" * (43 * 1024 * 1024)), "gros.bin")]
    page = portal.post(PAGE, status=413, headers={"Referer": f"{BASE}{PAGE}"}, pour="forgé", **LETTER, fichiers=files)
    assert "20 fichiers au maximum, 40 Mo au total." in page.text


def test_g86_a_withdrawal_is_asked_once_with_what_it_does(portal: Portal, services: FakeServices) -> None:
    ask = f"/mon-compte/messages/{MESSAGE}/consentement"
    assert ask in portal.get("/mon-compte/messages").links()
    page = portal.get(ask)
    for said in ("C-2026-000001", "cessera de traiter vos données", "Ce retrait est définitif", "Annuler"):
        assert said in page.text
    assert page.field("version") == "1"
    portal.post(ask, version="1")
    (call,) = services.called(f"POST /messages/{MESSAGE}/consent-withdrawal")
    assert call.headers["If-Match"] == '"1"'


def test_my_messages_say_the_company_the_files_and_their_scan_and_lead_to_the_receipt(
    portal: Portal, services: FakeServices
) -> None:
    status, sent = services.answers[f"GET /messages/{MESSAGE}"]
    sent = {**sent, "files": [{**sent["files"][0], "scan": "sain"}]}
    services.answers["GET /messages"] = (200, page_of([sent]))
    services.answers[f"GET /messages/{MESSAGE}"] = (status, sent)
    page = portal.get("/mon-compte/messages")
    for said in ("ENTREPRISE DURAND", "bordereau.pdf (analysé, aucun virus)", "le 23/11/2026"):
        assert said in page.text
    receipt = f"/mon-compte/messages/{MESSAGE}"
    assert receipt in page.links()
    page = portal.get(receipt)
    for said in (
        "C-2026-000001",
        "CIBTP Rhône-Alpes",
        "J'ai une question.",
        "bordereau.pdf (12 ko) analysé, aucun virus",
    ):
        assert said in page.text


def test_the_sender_learns_that_a_file_held_a_virus(portal: Portal, services: FakeServices) -> None:
    status, sent = services.answers[f"GET /messages/{MESSAGE}"]
    infected = [{**file, "scan": "infecte"} for file in sent["files"]]
    services.answers[f"GET /messages/{MESSAGE}"] = (status, {**sent, "files": infected})
    page = portal.get(f"{SPACE}/contact/recu/{MESSAGE}")
    assert "bordereau.pdf (Fichier supprimé : un virus a été détecté.)" in page.text

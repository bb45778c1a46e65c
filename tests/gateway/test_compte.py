"""« Gérer mon compte utilisateur » (G73–G78, C5, C8, M13, AA15)."""

from gateway.kit.labels import join_phone, phone, split_phone
from gateway.kit.session import COOKIE
from tests.gateway.examples import ACCOUNT, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words

PASSWORDS = {"mot_de_passe_actuel": "Ancien-26", "mot_de_passe": "Nouveau-26", "confirmation": "Nouveau-26"}
CONTACT = {
    **{"nom": "Durand", "prenom": "Paul", "version": "4"},
    **{
        "pays_fixe": "+33",
        "telephone_fixe": "04 72 00 00 00",
        "pays_mobile": "+262",
        "telephone_mobile": "0692 00 00 01",
    },
}


def test_g73_the_tab_shows_what_is_known(portal: Portal) -> None:
    page = portal.get("/mon-compte")
    for text in (
        "Connexion et contact",
        "durand@example.com",
        "certifiée le 02/10/2026",
        "à renouveler avant le 31/12/2026",
        "06 39 98 00 01",
        "Certifier",
    ):
        assert text in page.text
    buttons = ("Modifier identifiant", "Modifier mot de passe", "Modifier contact")
    assert list(buttons) == sorted(buttons, key=page.text.index)
    assert {"/mon-compte/identifiant", "/mon-compte/mot-de-passe", "/mon-compte/contact"} <= page.links()


def test_g48_what_i_consented_to_and_who_sees_my_coordinates(portal: Portal, services: FakeServices) -> None:
    assert "je n'ai pas demandé à recevoir d'informations de ma caisse" in portal.get("/mon-compte").text
    for text in ("Qui voit mes coordonnées", "les administrateurs des entreprises qui m'ont délégué des droits"):
        assert text in portal.get("/mon-compte").text
    _, account = services.answers["GET /account"]
    services.answers["GET /account"] = (200, {**account, "newsletter": True})
    page = portal.get("/mon-compte")
    assert "Recevoir des informations de ma caisse, le 02/10/2026 à l'ouverture de mon compte." in page.text
    assert {"/mon-compte/preferences", "/mon-compte/messages"} <= page.links()


def test_a_service_of_the_version_before_says_no_day_of_consent(portal: Portal, services: FakeServices) -> None:
    _, account = services.answers["GET /account"]
    before = {name: value for name, value in account.items() if name != "completed_at"}
    services.breaks("GET /account", 200, {**before, "newsletter": True})
    assert "Recevoir des informations de ma caisse." in portal.get("/mon-compte").text


def test_the_account_page_leads_back_to_the_space_of_its_address(portal: Portal) -> None:
    (account,) = {link for link in portal.get(f"{SPACE}/").links() if link.startswith("/mon-compte")}
    assert f"{SPACE}/" in portal.get(account).links()


def test_g74_password_change(portal: Portal, services: FakeServices) -> None:
    assert portal.post("/mon-compte/mot-de-passe", **PASSWORDS).location == "/mon-compte"
    assert services.called("PUT /account/password")[0].json == PASSWORDS


def test_aa15_a_wrong_current_password_is_said_beside_it(portal: Portal, services: FakeServices) -> None:
    sentence = "Le mot de passe actuel est incorrect."
    services.refuse(
        "PUT /account/password", 422, "mot_de_passe_actuel_incorrect", sentence, ("mot_de_passe_actuel", sentence)
    )
    page = portal.post("/mon-compte/mot-de-passe", status=422, **PASSWORDS)
    assert page.one("small", id="mot_de_passe_actuel-erreur").text == sentence


def test_g76_contact_change_sends_international_numbers(portal: Portal, services: FakeServices) -> None:
    page = portal.get("/mon-compte/contact")
    assert page.field("telephone_mobile") == "06 39 98 00 01"
    assert "France (+33)" in page.text
    assert portal.post("/mon-compte/contact", **CONTACT).location == "/mon-compte"
    call = services.called("PUT /account/contact")[0]
    assert call.headers["If-Match"] == '"4"'
    assert (call.json["telephone_fixe"], call.json["telephone_mobile"]) == ("+33472000000", "+262692000001")


def test_c8_a_new_mobile_asks_for_the_password_in_the_same_form(portal: Portal, services: FakeServices) -> None:
    sentence = "Pour votre sécurité, saisissez de nouveau votre mot de passe."
    services.refuse("PUT /account/contact", 403, "reauthentification_requise", sentence)
    page = portal.post("/mon-compte/contact", status=403, **CONTACT)
    assert sentence in page.text
    assert page.one("input", name="mot_de_passe").get("type") == "password"
    assert page.field("telephone_mobile") == "0692 00 00 01"
    services.answers["PUT /account/contact"] = (204, None)
    answer = portal.post("/mon-compte/contact", mot_de_passe="Chantier-26", **CONTACT)
    proof = services.called("POST /sessions/reauthenticate")[0].json
    assert proof == {"session": "session-en-cours", "mot_de_passe": "Chantier-26"}
    assert f"{COOKIE}=session-prouvee" in str(answer.response.headers)


def test_g77_certifier_saves_then_sends_a_code(portal: Portal, services: FakeServices) -> None:
    assert (
        portal.post("/mon-compte/contact", status=307, certifier="1", **CONTACT).location == "/mon-compte/mobile/code"
    )
    assert portal.post("/mon-compte/mobile/code").location == "/mon-compte/mobile/saisie"
    page = portal.get("/mon-compte/mobile/saisie")
    assert "Certification du numéro de téléphone" in page.text
    assert "merci de saisir le code qui vous a été envoyé par SMS" in page.text
    assert "06 39 98 00 01" in page.text
    assert page.one("input", name="code").get("autocomplete") == "one-time-code"


def test_g77_the_code_is_asked_in_a_dialog_over_the_account(portal: Portal) -> None:
    page = portal.get("/mon-compte/mobile/saisie")
    assert words(page.one("h1")) == "Mon compte utilisateur"
    assert words(page.one("dialog", data_dialogue="").find(".//h2")) == "Certification du numéro de téléphone"


def test_g77_the_logo_stands_beside_the_number_that_is_certified(portal: Portal, services: FakeServices) -> None:
    page = portal.get("/mon-compte/contact")
    assert "hidden" in page.one("span", class_="certifie").attrib
    assert "hidden" not in page.one("button", name="certifier").attrib
    known = {**ACCOUNT, "mobile_certified_at": "2026-11-01T09:00:00+00:00"}
    services.answers["GET /account"] = (200, known)
    page = portal.get("/mon-compte/contact")
    assert "hidden" not in page.one("span", class_="certifie").attrib
    assert page.one("button", name="certifier").get("data-certifie") == "+33639980001"


def test_m13_a_wrong_code(portal: Portal, services: FakeServices) -> None:
    portal.post("/mon-compte/mobile/code")
    said = ("Code incorrect ou expiré.", "Il vous reste 2 essais.")
    refused = [("code", one) for one in said]
    services.refuse("POST /account/mobile/certification", 422, "code_incorrect", said[0], *refused)
    page = portal.post("/mon-compte/mobile", status=422, code="12 34 56")
    assert all(one in page.text for one in said)
    assert "Numéro : 06 •• •• •• 01." in page.text
    assert "06 39 98 00 01" not in words(page.one("dialog", data_dialogue=""))
    assert services.called("POST /account/mobile/certification")[0].json == {"code": "12 34 56"}


def test_a_right_code_certifies(portal: Portal) -> None:
    assert portal.post("/mon-compte/mobile", code="123456").location == "/mon-compte"
    assert "Votre numéro de téléphone mobile est certifié." in portal.get("/mon-compte").text


def test_m6_a_code_asked_too_early(portal: Portal, services: FakeServices) -> None:
    services.refuse("POST /account/mobile/code", 429, "trop_de_tentatives", "Trop de tentatives. Réessayez plus tard.")
    assert "Trop de tentatives." in portal.post("/mon-compte/mobile/code", status=429).text


def test_phone_numbers_go_out_and_come_back() -> None:
    for number, shown in {"+33639980001": "06 39 98 00 01", "+262692000001": "+262 692 00 00 01"}.items():
        prefix, national = split_phone(number)
        assert join_phone(prefix, national) == number
        assert phone(number).replace(" ", "") == shown.replace(" ", "")
    assert join_phone("+33", "  ") is None
    assert join_phone("+33", "0033612345678") == "0033612345678"

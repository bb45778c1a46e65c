"""Chapter « Contacter la caisse via le formulaire de contact »: the message with its file, the caisse's mailbox, the
acknowledgement (G79–G87)."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from embedded.mailbox import body
from tests.journeys.companies import a_company
from tests.journeys.stories import Someone, a_founder
from tests.journeys.systems import System
from tests.support import documents as d
from tests.support.ports import eventually

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def test_a_message_with_a_file_reaches_the_caisse_and_is_acknowledged(
    system: System, someone: Someone, tmp_path: Path
) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    founder.in_space("contact")
    page = founder.page
    expect(page.get_by_role("heading", name="Nous contacter")).to_be_visible()
    expect(page.get_by_label("Raison sociale")).to_have_value(company.raison_sociale)
    expect(page.get_by_label("Identifiant CIBTP")).to_have_value(company.identifiant)
    page.get_by_label("Objet*").fill("Question sur ma déclaration")
    page.get_by_label("Message*").fill("Bonjour,\nVoici mon bordereau.")
    file = tmp_path / "bordereau.pdf"
    file.write_bytes(PDF)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label(re.compile("En cochant cette case, je donne mon consentement")).check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Message envoyé")).to_be_visible()
    reference = re.search(r"C-\d{4}-\d+", page.get_by_role("main").inner_text())
    assert reference

    acknowledgement = founder.mail(reference.group(0))
    assert "Question sur ma déclaration" in body(acknowledgement, "plain")
    caisse = eventually(
        lambda: _to_caisse(system, founder.email, reference.group(0)), limit=30, what="the caisse's mail"
    )
    text = body(caisse, "plain")  # type: ignore[arg-type]
    assert "Voici mon bordereau." in text and "bordereau.pdf" in text and company.identifiant in text
    link = re.search(r"https?://\S+/lien/dossier/\S+", text)
    assert link
    page.goto(link.group(0))
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("bordereau.pdf")).or_(
            page.get_by_role("button", name=re.compile("bordereau.pdf|Télécharger"))
        ).first.click()
    assert Path(download.value.path()).read_bytes() == PDF
    # Through the edge too it is never opened on our site, nor kept on the way (K12).
    kept = page.request.get(download.value.url).headers
    assert (kept["content-security-policy"], kept["cache-control"]) == ("sandbox; default-src 'none'", "no-store")
    assert kept["content-disposition"].startswith("attachment") and kept["x-content-type-options"] == "nosniff"


def test_aa47_an_object_that_looks_encoded_arrives_as_it_was_typed(system: System, someone: Someone) -> None:
    typed = "=?utf-8?q?a=0D=0ABcc:_evil@x.fr?= – l’été à l’Île d’Yeu, œuvres, 🏗️ et n° 12"
    founder = a_founder(system, someone, a_company())
    founder.in_space("contact")
    page = founder.page
    page.get_by_label("Objet*").fill(typed)
    page.get_by_label("Message*").fill("Bonjour")
    page.get_by_label(re.compile("En cochant cette case, je donne mon consentement")).check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Message envoyé")).to_be_visible()
    reference = re.search(r"C-\d{4}-\d+", page.get_by_role("main").inner_text())
    assert reference
    caisse: Any = eventually(
        lambda: _to_caisse(system, founder.email, reference.group(0)), limit=30, what="the caisse's mail"
    )
    assert str(caisse["Subject"]) == f"{reference.group(0)} : {typed}"
    for mail in (caisse, founder.mail(reference.group(0))):
        assert "Bcc" not in mail and len(set(mail.keys())) == len(mail.keys())
        assert typed in body(mail, "plain")


def test_m14_without_consent_nothing_is_sent(system: System, someone: Someone) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    founder.in_space("contact")
    founder.page.get_by_label("Objet*").fill("Sans consentement")
    founder.page.get_by_label("Message*").fill("Bonjour")
    founder.page.get_by_role("button", name="Envoyer").click()
    expect(founder.page.get_by_text("Votre consentement est nécessaire.").first).to_be_visible()
    assert founder.mails("Sans consentement") == []


def test_each_refused_file_is_shown_with_its_reason_and_the_good_ones_go(
    system: System, someone: Someone, tmp_path: Path
) -> None:
    founder = a_founder(system, someone, a_company())
    founder.in_space("contact")
    page = founder.page
    page.get_by_label("Objet*").fill("Mes pièces")
    page.get_by_label("Message*").fill("Bonjour")
    page.get_by_label(re.compile("En cochant cette case, je donne mon consentement")).check()
    macros = d.ooxml("word/document.xml", **{"word/vbaProject.bin": d.OLE})
    bad = {"vide.pdf": b"", "modèle.docx": macros, "outil.exe": d.EXE, "photo.jpg": PDF}
    page.locator("input[type=file]").set_input_files([_file(tmp_path, *one) for one in bad.items()])
    for reason in (
        "vide.pdf : Ce fichier est vide.",
        "modèle.docx : Ce document contient des macros ou un objet incorporé. Envoyez-le en PDF.",
        "outil.exe : Ce type de fichier n'est pas accepté.",
        "photo.jpg : Son contenu ne correspond pas à son extension « .jpg ».",
    ):
        expect(page.get_by_role("alert").get_by_text(reason)).to_be_visible()
    good = {"rapport.docx": d.ooxml("a/main.xml", main=d.MAIN_TYPES["word"]), "pk.csv": b"PK;nom\n1;Dupont\n"}
    page.locator("input[type=file]").set_input_files([_file(tmp_path, *one) for one in good.items()])
    expect(page.get_by_role("button", name="Retirer pk.csv")).to_be_visible()
    expect(page.get_by_text(re.compile("^2 fichiers"))).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.reload()  # the draft is the service's: nothing is chosen, and nothing typed, twice
    expect(page.get_by_role("button", name="Retirer rapport.docx")).to_be_visible()
    expect(page.get_by_label("Message*")).to_have_value("Bonjour")
    page.get_by_label(re.compile("En cochant cette case, je donne mon consentement")).check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Message envoyé")).to_be_visible()


def _file(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def _to_caisse(system: System, sender: str, reference: str) -> object:
    return next(
        (one for one in system.emails() if reference in str(one["Subject"]) and sender not in str(one["To"])), None
    )

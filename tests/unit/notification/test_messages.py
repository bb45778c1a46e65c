"""Every message of the catalogue: its folder, its event, its two parts, its words (style habit 13)."""

import json
from typing import Any

import html5lib
import pytest

from services.notification.adapters.templates import MESSAGES, CannotBeWritten, Templates
from services.notification.domain.gsm import ONE_PART, septets
from services.notification.domain.kinds import Medium, MessageKind
from services.notification.messages import KINDS
from tests.unit.notification.words import links_of_html, words_of_html, words_of_text

EMAILS = [kind for kind in KINDS.values() if kind.medium is Medium.EMAIL]
TEXTS = [kind for kind in KINDS.values() if kind.medium is Medium.SMS]
TEMPLATES = Templates(public_url="https://espace.example.com")


def example(kind: MessageKind) -> dict[str, Any]:
    both = json.loads((MESSAGES / kind.name / "example.json").read_text())
    return {**both["context"], **both["opened"]}


def named(kind: MessageKind) -> str:
    return kind.name


@pytest.mark.parametrize("kind", EMAILS, ids=named)
def test_the_text_part_says_what_the_html_part_says(kind: MessageKind) -> None:
    _, text, html = TEMPLATES.email(kind, example(kind))
    assert words_of_text(text) == words_of_html(html)


@pytest.mark.parametrize("kind", EMAILS, ids=named)
def test_the_html_part_is_valid_french_html(kind: MessageKind) -> None:
    _, _, html = TEMPLATES.email(kind, example(kind))
    html5lib.HTMLParser(strict=True).parse(html)
    assert '<html lang="fr"' in html
    assert "<img" not in html and "http://" not in html.replace("http://www.w3.org/1999/xhtml", "")  # no tracking


@pytest.mark.parametrize("kind", EMAILS, ids=named)
def test_an_email_says_why_and_where_to_ask_and_shows_its_links_in_clear(kind: MessageKind) -> None:
    _, text, html = TEMPLATES.email(kind, example(kind))
    assert "Cordialement,\nVotre caisse CIBTP" in text
    assert "Vous recevez ce courriel parce qu" in text
    assert "Une question ? Contactez-nous" in text
    assert all(link in words_of_text(text) for link in links_of_html(html))
    assert html.count('class="bouton"') <= 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=named)
def test_an_unknown_variable_is_an_error_not_a_blank(kind: MessageKind) -> None:
    write = TEMPLATES.sms if kind.medium is Medium.SMS else TEMPLATES.email
    for name in example(kind):
        lacking = {key: value for key, value in example(kind).items() if key != name}
        with pytest.raises(CannotBeWritten) as refused:
            write(kind, lacking)
        assert "Durand" not in str(refused.value)


@pytest.mark.parametrize("kind", EMAILS, ids=named)
def test_aa46_what_people_typed_is_text(kind: MessageKind) -> None:
    nasty = '<img src=x onerror=alert(1)> & "l\'autre"'
    typed = {
        "raison_sociale",
        "lecteur",
        "beneficiaire",
        "objet",
        "message",
        "nom",
        "prenom",
        "caisse_nom",
        "auteur",
        "motif",
    }
    values = {key: nasty if key in typed else value for key, value in example(kind).items()}
    subject, text, html = TEMPLATES.email(kind, values)
    assert "<img" not in html
    assert nasty in text or not typed & set(values)
    assert "&lt;" not in subject


@pytest.mark.parametrize("kind", TEXTS, ids=named)
def test_an_sms_is_one_part_of_gsm_7_that_phones_can_fill_in(kind: MessageKind) -> None:
    values = example(kind)
    text = TEMPLATES.sms(kind, values)
    assert septets(text) <= ONE_PART
    assert text.splitlines()[-1] == f"@espace.example.com #{values['code']}"


def test_g41_g43_the_invitation_says_what_the_guide_says() -> None:
    subject, text, _ = TEMPLATES.email(KINDS["invitation"], example(KINDS["invitation"]))
    assert subject == "Mon espace CIBTP : Compléter les informations de mon espace sécurisé"
    assert (
        "L'entreprise ENTREPRISE DURAND, adhérente à notre caisse, a initié une délégation en votre faveur afin que"
        " vous puissiez accéder à nos services dématérialisés."
    ) in text
    assert (
        "Pour finaliser votre inscription, nous vous invitons à compléter les informations de votre espace sécurisé"
        " à l'aide du lien ci-dessous :"
    ) in text
    assert "Cliquer ICI pour finaliser mon inscription →" in text
    assert "30/11/2026 à 10\u00a0h\u00a000" in text


def test_a_message_without_files_has_no_link() -> None:
    kind = KINDS["message_caisse"]
    values = {**example(kind), "files": []}
    del values["token"]
    _, text, html = TEMPLATES.email(kind, values)
    assert "Ce message n'a pas de pièce jointe." in text
    assert "bouton" not in html.partition("</head>")[2] and "None" not in text


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("annulation", "a été annulée le 23/11/2026 à 12\u00a0h\u00a000 depuis l'adresse comptable@example.com"),
        ("echeance", "n'a pas été activée dans le délai prévu"),
    ],
)
def test_t5_an_undone_change_says_which_it_is(reason: str, said: str) -> None:
    kind = KINDS["identifiant_retabli"]
    _, text, html = TEMPLATES.email(kind, {**example(kind), "reason": reason})
    assert said in text
    assert words_of_text(text) == words_of_html(html)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": "echeance"}, "est arrivée à sa date de fin"),
        ({"reason": "fermeture"}, "a été fermée. Vous n'accédez plus"),
        ({"confirmed": False}, "a été fermée avant d'être confirmée"),
    ],
)
def test_g26_a_closing_says_which_it_is(change: dict[str, Any], said: str) -> None:
    kind = KINDS["delegation_fermee"]
    _, text, html = TEMPLATES.email(kind, {**example(kind), **change})
    assert said in text
    assert words_of_text(text) == words_of_html(html)


@pytest.mark.parametrize(
    ("name", "said", "values"),
    [
        ("invitation", "Cette délégation prend effet le 01/12/2026", {"effet": "2026-12-01"}),
        ("delegation_a_accepter", "Cette délégation prend effet le 01/12/2026", {"effet": "2026-12-01"}),
        ("delegation_confirmee", "à partir du 23/11/2026 ; vous n'y accédez pas avant", {"a_venir": True}),
    ],
)
def test_a_delegation_that_begins_later_says_so_and_no_other_one_does(
    name: str, said: str, values: dict[str, Any]
) -> None:
    kind = KINDS[name]
    assert said in TEMPLATES.email(kind, {**example(kind), **values})[1]
    now = dict.fromkeys(values)
    _, text, html = TEMPLATES.email(kind, {**example(kind), **now})
    assert said not in text and words_of_text(text) == words_of_html(html)


def test_g5_the_founder_is_spoken_to_as_what_he_is() -> None:
    subject, text, _ = TEMPLATES.email(KINDS["invitation_fondateur"], example(KINDS["invitation_fondateur"]))
    assert "ENTREPRISE DURAND" in subject and "Bonjour Paul Durand," in text
    assert "Votre caisse vous a désigné Administrateur Entreprise" in text
    assert "a initié une délégation" not in text and "personne n'a à le confirmer" in text


# The guide gives the words of the first one (G41); in the second the reference and the object are the caisse's.
WITHOUT_A_COMPANY = {"invitation", "message_caisse"}


@pytest.mark.parametrize("kind", EMAILS, ids=named)
def test_who_has_several_clients_reads_in_the_subject_which_one_it_is_about(kind: MessageKind) -> None:
    values = example(kind)
    if "raison_sociale" in values and kind.name not in WITHOUT_A_COMPANY:
        assert values["raison_sociale"] in TEMPLATES.email(kind, values)[0]

"""What leaves is what was written: whatever a person typed, the headers are ours and say it (AA47, K11)."""

import base64
from typing import Any

import pytest

from backbone.testing import ServiceUnderTest
from contracts.events import contact, delegation, identity
from contracts.rules.names import cleaned_name
from tests.service.notification.mail import like, rows, send, statuses
from tests.support.smtp import SmtpSink
from tests.support.strict_mail import headers_of

NAMES = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
}
BODY = base64.b64encode(b"a\r\nContent-Type: text/html\r\n\r\n<h1>Payez ici</h1>").decode()
TYPED = [
    "=?utf-8?q?a=0D=0ABcc:_evil@x.fr?=",
    f"=?utf-8?b?{BODY}?=",
    "Réponse =?utf-8?q?a=0ABcc:_evil@x.fr?= à lire",
    "=?us-ascii?q?a=0D=0A=0D=0A<h1>corps</h1>?=",
    "=?utf-8?q?a?=",
    "=?",
    "a=?utf-8?q?=0D?=b",
    "Congés d’été 🏗️ « urgent »",
    "Question n° 12 à propos de l'entreprise dont les congés de l'été n'ont pas été versés" * 2,
]


@pytest.mark.parametrize("objet", TYPED)
def test_aa47_the_object_of_a_message_is_text_in_both_mails(
    under: ServiceUnderTest, sink: SmtpSink, objet: str
) -> None:
    under.deliver(contact.MESSAGE_SENT, like(contact.MESSAGE_SENT, sealed=None, files=[], objet=objet))
    assert send(under) == 2
    for raw in sink.raw:
        assert set(headers_of(raw)) == NAMES | {"Reply-To"}
    assert headers_of(sink.raw[0])["Subject"] == f"C-2026-000001 : {objet}"
    assert sink.recipients == ["contact.idf@example.com", "comptable@example.com"]


@pytest.mark.parametrize("typed", TYPED)
def test_aa47_the_name_of_a_company_or_of_a_person_is_text(under: ServiceUnderTest, sink: SmtpSink, typed: str) -> None:
    card = delegation.DELEGATION_COMPLETED
    example: dict[str, Any] = like(card)
    adherent = {**example["adherent"], "raison_sociale": typed}
    beneficiary = {**example["beneficiary"], "nom": typed, "prenom": typed}
    under.deliver(card, like(card, adherent=adherent, beneficiary=beneficiary, already_known=True))
    assert send(under) == 2
    for raw in sink.raw:
        found = headers_of(raw)
        assert set(found) == NAMES and cleaned_name(typed) in found["Subject"]


@pytest.mark.parametrize("objet", ["a\r\nBcc: evil@x.fr", "a\x85b", "a\u2028b", "a\x1bb"])
def test_a_message_that_cannot_be_made_is_refused_when_it_is_ordered(
    under: ServiceUnderTest, sink: SmtpSink, objet: str
) -> None:
    under.deliver(contact.MESSAGE_SENT, like(contact.MESSAGE_SENT, sealed=None, files=[], objet=objet))
    to_caisse, to_sender = rows(under)
    assert (to_caisse.status, to_caisse.attempts, to_caisse.finished_at) == ("echec_definitif", 0, under.clock.now())
    assert to_caisse.reason == "Ce texte ne peut pas figurer dans un en-tête de courriel."
    assert to_sender.status == "a_envoyer"  # his subject has the reference alone


@pytest.mark.parametrize(
    "address", ["=?utf-8?q?a?=@example.com", "a@b.fr\r\nBcc: x@y.fr", "é@example.com", "a@étage.fr"]
)
def test_an_address_that_a_reader_could_take_for_another_gets_nothing(
    under: ServiceUnderTest, sink: SmtpSink, address: str
) -> None:
    under.deliver(contact.MESSAGE_SENT, like(contact.MESSAGE_SENT, sealed=None, files=[], caisse_email=address))
    assert statuses(under) == ["echec_definitif", "echec_definitif"]  # as recipient, and as Reply-To
    assert send(under) == 0


def test_an_sms_to_what_is_no_number_is_refused_when_it_is_ordered(under: ServiceUnderTest) -> None:
    card = identity.MOBILE_CODE_ISSUED
    under.deliver(card, like(card, telephone_mobile="0639980001"))
    assert [(row.status, row.sealed) for row in rows(under)] == [("echec_definitif", None)]

"""What is written of the address one logs in with: another one, undone, certified again."""

from datetime import timedelta

import pytest

from backbone.testing import ServiceUnderTest
from contracts.events import delegation, identifier
from tests.service.notification.conftest import SEALER, TOKEN
from tests.service.notification.mail import SEALED, like, send, subjects, text_of
from tests.support.smtp import SmtpSink


def test_g75_t5_a_change_of_identifiant_writes_to_both_addresses_each_with_its_own_link(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    card, back = identifier.IDENTIFIER_CHANGE_REQUESTED, "Back-to-the-former-address-0123456789abcdefg"
    sealed = {"sealed_activation": SEALER.seal({"token": TOKEN}), "sealed_undo": SEALER.seal({"token": back})}
    under.deliver(card, like(card, **sealed))
    assert send(under) == 2
    assert sink.recipients == ["claire.martin@example.com", "comptable@example.com"]
    new, old = text_of(sink, 0), text_of(sink, 1)
    assert f"https://espace.example.com/lien/identifiant/{TOKEN}" in new and back not in new
    assert f"https://espace.example.com/lien/annulation/{back}" in old and TOKEN not in old
    assert "24/11/2026 à 10\u00a0h\u00a000" in new and "26/11/2026 à 10\u00a0h\u00a000" in old
    assert "claire.martin@example.com" in old
    assert "Claire" not in new and "comptable@example.com" not in new  # a mistyped address tells a stranger nothing


def test_t5_the_link_is_not_sent_once_it_is_dead(under: ServiceUnderTest, sink: SmtpSink) -> None:
    card = identifier.IDENTIFIER_CHANGE_REQUESTED
    sealed = SEALER.seal({"token": TOKEN})
    under.deliver(card, like(card, sealed_activation=sealed, sealed_undo=sealed))
    under.clock.advance(timedelta(hours=25))
    send(under)
    assert sink.recipients == ["comptable@example.com"]


def test_asvs_6_3_7_the_former_address_is_told_once_the_new_one_is_proved(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    under.deliver(identifier.IDENTIFIER_CHANGED)
    assert send(under) == 1
    assert sink.recipients == ["comptable@example.com"]
    assert "avec l'adresse claire.martin@example.com" in text_of(sink)


@pytest.mark.parametrize("proved", [False, True])
def test_t5_an_undone_change_is_told_to_whom_it_concerns(under: ServiceUnderTest, sink: SmtpSink, proved: bool) -> None:
    card = identifier.IDENTIFIER_CHANGE_UNDONE
    under.deliver(card, like(card, proved=proved, sealed=None, reset_expires_at=None))
    send(under)
    assert sorted(sink.recipients) == ["claire.martin@example.com", "comptable@example.com"][not proved :]
    assert subjects(sink)[0] == "Mon espace CIBTP : Votre identifiant reste comptable@example.com"


def test_t5_who_undid_a_change_gets_the_link_to_a_new_password_and_nobody_else(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    card, until = identifier.IDENTIFIER_CHANGE_UNDONE, under.clock.now() + timedelta(hours=1)
    under.deliver(card, like(card, proved=True, reset_expires_at=until, **SEALED))
    under.clock.advance(timedelta(hours=2))  # the mail server was away: that it was undone is news all the same
    assert send(under) == 2
    texts = dict(zip(sink.recipients, [text_of(sink, 0), text_of(sink, 1)], strict=True))
    assert f"https://espace.example.com/lien/reinitialisation/{TOKEN}" in texts["comptable@example.com"]
    assert "il ne permet plus de se connecter" in texts["comptable@example.com"]
    assert "11\u00a0h\u00a000" in texts["comptable@example.com"]
    assert "/lien/" not in texts["claire.martin@example.com"]


@pytest.mark.parametrize(
    ("suspended", "said"), [(False, "votre compte sera suspendu le 08/12/2026"), (True, "Votre compte est suspendu")]
)
def test_g54_an_address_is_certified_again_from_its_mail(
    under: ServiceUnderTest, sink: SmtpSink, suspended: bool, said: str
) -> None:
    card = identifier.ADDRESS_CERTIFICATION_REQUESTED
    under.deliver(card, like(card, suspended=suspended, **SEALED))
    assert send(under) == 1
    assert sink.recipients == ["comptable@example.com"]
    assert f"/lien/certification/{TOKEN}" in text_of(sink)
    assert said in text_of(sink) and "30/11/2026 à 10\u00a0h\u00a000" in text_of(sink)


def test_g75_each_administrator_learns_of_a_beneficiarys_new_address(under: ServiceUnderTest, sink: SmtpSink) -> None:
    administrators = [{"email": f"admin{n}@example.com", "nom": None, "prenom": None} for n in (1, 2)]
    card = delegation.DELEGATION_READDRESSED
    under.deliver(card, like(card, administrators=administrators))
    assert send(under) == 2
    assert sorted(sink.recipients) == ["admin1@example.com", "admin2@example.com"]
    said = ("Ancienne adresse : c.martin@example.com", "Nouvelle adresse : comptable@example.com")
    assert all(line in text_of(sink) for line in said)


def test_aa18_whose_address_it_is_learns_that_it_was_asked_for(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(identifier.IDENTIFIER_CHANGE_REFUSED)
    assert send(under) == 1
    assert sink.recipients == ["comptable@example.com"]
    assert "rien n'a été modifié" in text_of(sink) and "lien/" not in text_of(sink)

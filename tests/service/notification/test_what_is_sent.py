"""Each event becomes its messages, once, in people's hands."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from backbone.testing import ServiceUnderTest
from contracts.events import contact, delegation, identity
from contracts.words.reasons import Closed
from tests.service.notification.conftest import CODE, SEALER, TOKEN
from tests.service.notification.mail import SEALED, invite, like, rows, send, statuses, subjects, text_code, text_of
from tests.support.smtp import SmtpSink


def test_g41_the_invitation_leaves_with_its_link(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under)
    assert send(under) == 1
    assert sink.recipients == ["comptable@example.com"]
    assert subjects(sink) == ["Mon espace CIBTP : Compléter les informations de mon espace sécurisé"]
    assert f"https://espace.example.com/lien/invitation/{TOKEN}" in text_of(sink)
    assert statuses(under) == ["envoye"]


def test_an_email_says_it_is_automatic_and_who_it_is_from(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under)
    send(under)
    message = sink.messages[0]
    assert message["Message-ID"] == f"<{rows(under)[0].delivery_id}@example.com>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Votre caisse CIBTP <ne-pas-repondre@example.com>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_g52_each_administrator_is_asked_once(under: ServiceUnderTest, sink: SmtpSink) -> None:
    administrators = [{"email": f"admin{n}@example.com", "nom": None, "prenom": None} for n in (1, 2)]
    under.deliver(delegation.DELEGATION_COMPLETED, like(delegation.DELEGATION_COMPLETED, administrators=administrators))
    assert send(under) == 2
    assert sorted(sink.recipients) == ["admin1@example.com", "admin2@example.com"]
    assert "/delegations/01930000-0000-7000-8000-0000000000d1/confirmation" in text_of(sink)
    assert "lien/" not in text_of(sink)  # no secret in that link: he logs in to decide


def test_t1_a_beneficiary_who_has_an_account_is_told_and_fills_no_form(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(delegation.DELEGATION_COMPLETED, like(delegation.DELEGATION_COMPLETED, already_known=True))
    assert send(under) == 2
    told = text_of(sink, sink.recipients.index("comptable@example.com"))
    assert "vous n'avez aucun formulaire à compléter" in told


def test_who_has_an_account_is_asked_to_log_in_and_accept_t1(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(identity.INVITATION_ISSUED, like(identity.INVITATION_ISSUED, **SEALED, already_known=True))
    assert send(under) == 1
    assert subjects(sink) == ["Mon espace CIBTP : Une délégation de ENTREPRISE DURAND est à accepter"]
    assert "/lien/invitation/" in text_of(sink) and "vous n'avez aucun formulaire à compléter" in text_of(sink)
    (told,) = [event for event in under.recorded() if event.type == "invitation.delivered.v1"]
    assert told.data["outcome"] == "envoye"


def test_who_accepted_is_named_to_each_administrator(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(delegation.DELEGATION_COMPLETED, like(delegation.DELEGATION_COMPLETED, already_known=True))
    send(under)
    asked = sink.recipients.index("durand@example.com")
    assert subjects(sink)[asked].endswith("accordée à Claire Martin pour ENTREPRISE DURAND")
    assert "qui dispose déjà d'un espace sécurisé, attend votre confirmation" in text_of(sink, asked)


@pytest.mark.parametrize(
    ("reason", "why"),
    [(Closed.DOUBLE, "a déjà une délégation de cette entreprise"), (Closed.LEFT, "l'a quittée")],
)
def test_k2_what_the_system_ends_is_told_to_the_administrators_too(
    under: ServiceUnderTest, sink: SmtpSink, reason: str, why: str
) -> None:
    administrators = [{"email": "admin@example.com", "nom": None, "prenom": None}]
    ended = {"confirmed_at": None, "reason": reason, "administrators": administrators, "told": []}
    under.deliver(delegation.DELEGATION_CLOSED, like(delegation.DELEGATION_CLOSED, **ended))
    assert send(under) == 2
    told = text_of(sink, sink.recipients.index("admin@example.com"))
    assert why in told and "comptable@example.com" in told and "Martin" not in told


def test_k2_who_has_the_same_by_another_delegation_is_not_told_that_he_lost_it(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    ended = {"reason": Closed.DOUBLE, "administrators": [], "told": []}
    under.deliver(delegation.DELEGATION_CLOSED, like(delegation.DELEGATION_CLOSED, **ended))
    assert (send(under), sink.messages) == (0, [])


def test_the_beneficiary_and_the_other_administrators_learn_what_was_decided(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    for card in (delegation.DELEGATION_CONFIRMED, delegation.DELEGATION_REFUSED, delegation.DELEGATION_CLOSED):
        under.deliver(card, like(card, **({"administrators": []} if card is delegation.DELEGATION_CLOSED else {})))
    assert send(under) == 6
    assert sorted(sink.recipients) == ["comptable@example.com"] * 3 + ["petit@example.com"] * 3
    assert len(set(subjects(sink))) == 6


def test_t8_a_replaced_founder_is_told_to_the_new_one_and_to_the_other_administrators(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    under.deliver(delegation.FOUNDER_REPLACED)
    ended = {"reason": Closed.REPLACED, "administrators": [], "told": []}
    under.deliver(delegation.DELEGATION_CLOSED, like(delegation.DELEGATION_CLOSED, **ended))
    assert send(under) == 3
    assert sorted(sink.recipients) == ["comptable@example.com", "martin@example.com", "petit@example.com"]
    told = {one: text_of(sink, sink.recipients.index(one)) for one in sink.recipients}
    assert "Jusqu'à présent : Paul Durand" in told["petit@example.com"]
    assert "Votre caisse vous a désigné Administrateur Entreprise" in told["martin@example.com"]
    assert "Votre caisse a pris en compte un changement" in told["comptable@example.com"]


def test_the_founder_is_not_told_of_his_own_confirmation(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(delegation.DELEGATION_CONFIRMED, like(delegation.DELEGATION_CONFIRMED, kind="fondateur", told=[]))
    assert send(under) == 0
    assert sink.messages == []


def test_g57_a_reset_leaves_with_its_link_and_a_change_is_told(under: ServiceUnderTest, sink: SmtpSink) -> None:
    expires_at = under.clock.now().replace(hour=10)
    under.deliver(
        identity.PASSWORD_RESET_REQUESTED,
        like(identity.PASSWORD_RESET_REQUESTED, expires_at=expires_at, **SEALED),
    )
    under.deliver(identity.PASSWORD_CHANGED)
    assert send(under) == 2
    assert f"/lien/reinitialisation/{TOKEN}" in text_of(sink, 0)
    assert "Votre mot de passe a été modifié" in subjects(sink)[1]


def test_g50_the_code_leaves_as_an_sms(under: ServiceUnderTest, tmp_path: Path) -> None:
    text_code(under)
    assert send(under) == 1
    (file,) = (tmp_path / "sms").iterdir()
    sms = json.loads(file.read_text())
    assert sms["to"] == "+33639980001"
    assert sms["text"].endswith(f"@espace.example.com #{CODE}")


def test_g79_the_caisse_gets_the_message_and_the_sender_its_reference(under: ServiceUnderTest, sink: SmtpSink) -> None:
    sealed = SEALER.seal({"token": TOKEN, "expires_at": "2026-12-23T09:00:00+00:00"})
    under.deliver(contact.MESSAGE_SENT, like(contact.MESSAGE_SENT, sealed=sealed))
    assert send(under) == 2
    assert sink.recipients == ["contact.idf@example.com", "comptable@example.com"]
    assert f"/lien/dossier/{TOKEN}" in text_of(sink, 0)
    assert sink.messages[0]["Reply-To"] == "comptable@example.com"
    assert TOKEN not in sink.messages[1].as_string()  # the link to the files is the caisse's alone
    assert "C-2026-000001" in subjects(sink)[1]


def test_g86_both_sides_are_told_that_a_consent_is_withdrawn(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(contact.CONSENT_WITHDRAWN, like(contact.CONSENT_WITHDRAWN))
    assert send(under) == 2
    assert sink.recipients == ["contact.idf@example.com", "comptable@example.com"]
    for number, said in enumerate(("Cessez de traiter les données", "Vos pièces jointes ne peuvent plus")):
        assert "C-2026-000001" in subjects(sink)[number]
        assert said in text_of(sink, number)
    assert sink.messages[0]["Reply-To"] == "comptable@example.com"


def test_fa11_an_event_twice_is_one_message(under: ServiceUnderTest, sink: SmtpSink) -> None:
    card = identity.PASSWORD_CHANGED
    delivery = under.delivery(card, card.load(card.example))
    for _ in range(5):
        under.take([delivery])
        send(under)
    assert len(sink.messages) == 1


def test_a_secret_is_nowhere_in_the_database(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under)
    text_code(under)
    before = everything(under)
    send(under)
    assert len(sink.messages) == 1
    for content in (before, everything(under)):
        assert TOKEN not in content and CODE not in content
    assert [row.sealed for row in rows(under)] == [None, None]  # sent: not even sealed any more


def test_c5_codes_and_links_leave_before_the_bulk(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(contact.MESSAGE_SENT, like(contact.MESSAGE_SENT, sealed=None, files=[]))
    under.deliver(identity.PASSWORD_CHANGED)
    invite(under)
    under.deliver(
        identity.PASSWORD_RESET_REQUESTED,
        like(identity.PASSWORD_RESET_REQUESTED, expires_at=under.clock.now().replace(hour=10), **SEALED),
    )
    send(under)
    expected = ["Réinitialiser", "Compléter", "a été modifié", "C-2026-000001", "C-2026-000001"]
    assert all(word in subject for word, subject in zip(expected, subjects(sink), strict=True))


def test_aa47_an_address_with_a_line_break_gets_nothing(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under, email="a@b.fr\r\nBcc: x@y.fr")
    invite(under)
    assert send(under) == 1
    assert sink.recipients == ["comptable@example.com"]
    assert statuses(under) == ["echec_definitif", "envoye"]


def test_a_secret_sealed_for_another_key_waits_for_the_operator(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under, sealed=identity.INVITATION_ISSUED.example["sealed"])
    assert send(under) == 0
    assert [(row.status, row.reason) for row in rows(under)] == [("a_envoyer", "contenu scellé pour une autre clé")]


@pytest.mark.parametrize("who", [{}, {"machine": ["referential:write"]}])
def test_the_list_of_deliveries_is_for_operators(under: ServiceUnderTest, who: dict[str, object]) -> None:
    assert under.get("/v1/deliveries", **who).status in (401, 403)  # type: ignore[arg-type]


def test_an_operator_sees_what_left_and_why_not(under: ServiceUnderTest, sink: SmtpSink) -> None:
    sink.script["RCPT"] = ["550 no such user"]
    invite(under)
    invite(under, email="autre@example.com")
    send(under)
    answer = under.get("/v1/deliveries?status=echec_definitif", machine=["notification:read"])
    assert answer.status == 200
    assert [(one["recipient"], one["reason"]) for one in answer.json["items"]] == [
        ("comptable@example.com", "550 no such user")
    ]
    assert "context" not in answer.json["items"][0]
    assert under.get("/v1/deliveries", machine=["notification:read"]).json["total"] == 2
    assert under.get("/v1/deliveries?status=perdu", machine=["notification:read"]).status == 422


def test_old_deliveries_are_forgotten(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under)
    send(under)
    under.clock.advance(timedelta(days=89))
    assert under.run_job("purge_deliveries") == 0
    under.clock.advance(timedelta(days=2))
    assert under.run_job("purge_deliveries") == 1


def everything(under: ServiceUnderTest) -> str:
    """Every cell of every table, as text."""
    with under.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        return "\n".join(str(row) for name in names for row in connection.execute(sa.text(f'SELECT * FROM "{name}"')))

"""A message as it is sent, frozen, announced, consented and read again (G79–G87)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from backbone.testing import Answer, ServiceUnderTest
from contracts.events import identity
from contracts.examples import ACCOUNT, ADHERENT_ID
from tests.service.contact.sending import ME, MESSAGES, announced, codes, token_of, write
from tests.support.documents import PDF, TEXT

STRANGER = UUID(int=7)
Make = Callable[..., ServiceUnderTest]


def count(under: ServiceUnderTest, table: str) -> int:
    with under.engine.connect() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_g79_a_message_reaches_the_caisse_with_the_senders_own_values(under: ServiceUnderTest) -> None:
    answer = write(under, ("bordereau.pdf", PDF), ("liste.csv", TEXT))
    assert answer.status == 201
    assert answer.json["reference"] == "C-2026-000001"
    (event,) = announced(under)
    assert event.type == "message.sent.v1"
    assert event.data["account_id"] == ME
    assert event.data["sender"] == {"email": "comptable@example.com", "nom": "Martin", "prenom": "Claire"}
    assert event.data["caisse_email"] == "contact.idf@example.com"
    assert event.data["message"] == "Bonjour,\nUne question."
    assert event.data["files"] == [
        {"name": "bordereau.pdf", "size": len(PDF)},
        {"name": "liste.csv", "size": len(TEXT)},
    ]


def test_what_a_message_was_sent_about_is_kept_as_it_was_shown(under: ServiceUnderTest) -> None:
    shown = under.get(f"/v1/adherents/{ADHERENT_ID}/form", as_=ME).json
    write(under)
    with under.engine.connect() as connection:
        (kept,) = connection.execute(sa.text("SELECT * FROM message")).mappings()
    for field in ("raison_sociale", "identifiant", "caisse_nom", "email", "nom", "prenom"):
        assert kept[field] == shown[field], field
    assert (kept["caisse"], kept["caisse_email"]) == ("IDF", "contact.idf@example.com")


def test_a_message_without_files_has_no_dossier(under: ServiceUnderTest) -> None:
    assert write(under).status == 201
    assert announced(under)[0].data["sealed"] is None


def test_references_follow_each_other_and_begin_again_each_year(under: ServiceUnderTest) -> None:
    given = [write(under).json["reference"] for _ in range(3)]
    under.clock.set(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))  # already 2027 in Paris
    given.append(write(under).json["reference"])
    assert given == ["C-2026-000001", "C-2026-000002", "C-2026-000003", "C-2027-000001"]


def test_c3_the_same_key_twice_is_one_message(under: ServiceUnderTest) -> None:
    key = str(uuid4())
    first, again = (write(under, ("a.pdf", PDF), key=key) for _ in range(2))
    assert first.json == again.json
    assert len(announced(under)) == count(under, "message") == 1
    assert write(under, ("a.pdf", PDF + b"\n"), key=key).status == 422
    assert write(under, ("a.pdf", PDF), key=key, objet="Autre").status == 422


def test_aa41_missing_fields_are_named_and_nothing_is_kept(under: ServiceUnderTest) -> None:
    answer = write(under, objet=None, message=" ", consentement=None)
    assert answer.status == 422
    assert [field for field, _ in codes(answer)] == ["objet", "message", "consentement"]
    assert count(under, "message") == 0


def test_m14_without_consent_nothing_is_sent(under: ServiceUnderTest) -> None:
    for consent in (None, "false", ""):
        answer = write(under, consentement=consent)
        assert (answer.status, answer.json["detail"]) == (422, "Votre consentement est nécessaire.")
    assert under.recorded() == []


@pytest.mark.parametrize("field", ["nom", "identifiant", "caisse", "email", "message_id"])
def test_aa45_the_read_only_block_cannot_be_sent(under: ServiceUnderTest, field: str) -> None:
    answer = write(under, **{field: "Autre"})
    assert answer.status == 422
    assert codes(answer) == [(field, "inattendu")]


def test_aa47_a_line_break_in_the_objet_is_refused(under: ServiceUnderTest) -> None:
    assert write(under, objet="a\r\nBcc: x@example.com").status == 422
    assert under.recorded() == []


def test_aa46_html_is_kept_as_text(under: ServiceUnderTest) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    sent = write(under, objet=nasty, message=nasty).json["message_id"]
    assert under.get(f"/v1/messages/{sent}", as_=ME).json["objet"] == nasty


def test_features_46_a_message_keeps_the_values_of_its_day(under: ServiceUnderTest) -> None:
    sent = write(under).json["message_id"]
    married = identity.ACCOUNT_UPDATED.load({**ACCOUNT, "nom": "Dupont"})
    under.deliver(identity.ACCOUNT_UPDATED, married, sequence=2)
    assert under.get(f"/v1/messages/{sent}", as_=ME).json["nom"] == "Martin"


def test_my_messages_are_mine_the_newest_first(under: ServiceUnderTest) -> None:
    for number in range(3):
        write(under, ("a.pdf", PDF), objet=f"Objet {number}")
        under.clock.advance(timedelta(minutes=1))
    page = under.get("/v1/messages?page_size=2", as_=ME).json
    assert [one["objet"] for one in page["items"]] == ["Objet 2", "Objet 1"]
    assert (page["total"], [one["name"] for one in page["items"][0]["files"]]) == (3, ["a.pdf"])
    assert under.get("/v1/messages", as_=STRANGER).json["items"] == []


def test_my_messages_about_one_adherent(under: ServiceUnderTest) -> None:
    write(under)
    for adherent, found in ((ADHERENT_ID, 1), (STRANGER, 0)):
        page = under.get(f"/v1/messages?adherent={adherent}", as_=ME).json
        assert (len(page["items"]), page["total"]) == (found, found)
    assert under.get("/v1/messages?adherent=tous", as_=ME).status == 422


def withdraw(under: ServiceUnderTest, sent: str, *, version: int | None = 1, as_: UUID = ME) -> Answer:
    """Withdraw the consent of a message, on the version that was shown."""
    headers = {"If-Match": f'"{version}"'} if version else {}
    return under.post(f"/v1/messages/{sent}/consent-withdrawal", json={}, as_=as_, headers=headers)


def test_aa22_a_message_of_another_does_not_exist(under: ServiceUnderTest) -> None:
    sent = write(under).json["message_id"]
    for path in (f"/v1/messages/{sent}", f"/v1/messages/{UUID(int=1)}"):
        assert under.get(path, as_=STRANGER).status == 404
    assert withdraw(under, sent, as_=STRANGER).status == 404


def test_aa33_who_has_no_access_today_cannot_write(under: ServiceUnderTest) -> None:
    assert write(under, ("a.pdf", PDF), as_=STRANGER).status == 404
    assert write(under, path=MESSAGES.replace(ADHERENT_ID, str(UUID(int=9)))).status == 404


def test_g86_the_ledger_says_who_consented_to_what_and_when(under: ServiceUnderTest) -> None:
    sent = write(under, ("a.pdf", PDF)).json["message_id"]
    under.clock.advance(timedelta(hours=1))
    assert [withdraw(under, sent).status for _ in range(2)] == [204, 412]
    with under.engine.connect() as connection:
        ledger: list[Any] = list(connection.execute(sa.text("SELECT act, version FROM consent ORDER BY at")))
    assert [tuple(line) for line in ledger] == [("donne", "2025-03"), ("retire", "2025-03")]
    assert under.get(f"/v1/messages/{sent}", as_=ME).json["consent_withdrawn_at"] == "2026-11-23T10:00:00+00:00"


def test_g86_a_withdrawal_is_announced_once_to_who_the_sender_is_today(under: ServiceUnderTest) -> None:
    sent = write(under, ("a.pdf", PDF)).json
    under.deliver(identity.ACCOUNT_UPDATED, identity.ACCOUNT_UPDATED.load({**ACCOUNT, "nom": "Dupont"}), sequence=2)
    under.clock.advance(timedelta(hours=1))
    assert [withdraw(under, sent["message_id"]).status for _ in range(2)] == [204, 412]
    first, *others = announced(under)
    (event,) = others
    assert (event.type, event.data["reference"]) == ("consent.withdrawn.v1", sent["reference"])
    assert event.data["caisse_email"] == first.data["caisse_email"]
    assert (event.data["sender"]["nom"], event.data["files"]) == ("Dupont", [{"name": "a.pdf", "size": len(PDF)}])
    assert event.data["withdrawn_at"] - event.data["sent_at"] == timedelta(hours=1)


def test_g86_after_a_withdrawal_the_caisse_opens_nothing_more(under: ServiceUnderTest) -> None:
    sent = write(under, ("a.pdf", PDF)).json["message_id"]
    token = token_of(under)
    assert under.post("/v1/dossiers/lookup", json={"token": token}).status == 200
    withdraw(under, sent)
    assert under.post("/v1/dossiers/lookup", json={"token": token}).status == 410


def test_aa52_a_withdrawal_names_the_version_that_was_shown(under: ServiceUnderTest) -> None:
    sent = write(under).json["message_id"]
    shown = under.get(f"/v1/messages/{sent}", as_=ME)
    assert (shown.headers["ETag"], shown.json["version"]) == ('"1"', 1)
    assert withdraw(under, sent, version=None).status == 428
    assert withdraw(under, sent, version=2).status == 412
    assert withdraw(under, sent).status == 204
    late = withdraw(under, sent)
    assert (late.status, late.json["detail"]) == (
        412,
        "Ce consentement a déjà été retiré le 23/11/2026 à 10\u00a0h\u00a000.",
    )
    assert under.get("/v1/messages", as_=ME).json["items"][0]["version"] == 2


def test_a_quota_stops_a_flood_and_opens_again(make: Make) -> None:
    under = make(quota_messages=2, quota_bytes=3 * len(PDF))
    assert write(under, ("a.pdf", PDF), ("b.pdf", PDF)).status == 201
    refused = write(under, ("a.pdf", PDF), ("b.pdf", PDF))
    assert (refused.status, refused.json["detail"]) == (429, "Trop de tentatives. Réessayez plus tard.")
    assert int(refused.headers["Retry-After"]) == 24 * 3600
    assert write(under, ("a.pdf", PDF)).status == 201
    assert write(under).status == 429
    under.clock.advance(timedelta(hours=24))
    assert write(under).status == 201


def test_an_account_that_is_not_announced_yet_is_asked_to_come_back(make: Make) -> None:
    under = make()
    with under.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM account"))
    assert under.get(MESSAGES.replace("messages", "form"), as_=ME).status == 503
    assert write(under).status == 503

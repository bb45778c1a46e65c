"""What leaves is what was written (K11): « Nous contacter » over HTTP, the bus, a real mail server, and the bytes that
arrived, read as the strictest server reads them."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import FixedClock
from backbone.testing import ServiceUnderTest
from contracts.events import delegation, identity
from contracts.examples import ACCOUNT
from services.contact.app import build as build_contact
from services.contact.settings import Settings as ContactSettings
from services.notification.app import build as build_notification
from services.notification.settings import Settings as NotificationSettings
from tests.service.contact.sending import write
from tests.service.notification.test_headers import NAMES
from tests.service.together.five import NOW
from tests.service.together.system import PRIVATE, PUBLIC
from tests.support.smtp import SmtpSink, smtp_sink
from tests.support.strict_mail import headers_of

SUBJECTS, PARTS, LATER = 200, 4, timedelta(hours=1)
WRITTEN = [
    "=?utf-8?q?a=0D=0ABcc:_evil@x.fr?=",
    "=?utf-8?b?YQ0KQ29udGVudC1UeXBlOiB0ZXh0L2h0bWwNCg0KPGgxPlBheWV6IGljaTwvaDE+?=",
    "Réponse =?utf-8?q?a=0ABcc:_evil@x.fr?= à lire",
    "=?us-ascii?q?a=0D=0A=0D=0A<h1>corps</h1>?=",
    "a=?utf-8?q?=0D?=b",
    "=?",
]
WORDS = (
    "Congés d’été à l'Île de Ré où œuvre cœur n° 12 « urgent » Noël déclaration SARL ENTREPRISE DURAND-LEFÈVRE & FILS"
    " BÂTIMENT 🏗️ 👩🏽‍🔧 =?= _ = ,: ; DÉNOMINATIONPARTICULIÈREMENTLONGUEETSANSESPACEDELASOCIÉTÉDESTRAVAUXPUBLICS"
).split(" ")


def french(count: int) -> list[str]:
    """Subjects as people write them, the same each time: one of each length in words, as the form takes them."""
    drawn = random.Random(2047)
    return [" ".join(drawn.choices(WORDS, k=1 + number % 25))[:200].strip() for number in range(count)]


class Post:
    """The two services and the mail server between them and the caisse."""

    def __init__(self, folder: Path, sink: SmtpSink) -> None:
        clock, self.sink = FixedClock(NOW), sink
        kept = {"files_folder": str(folder / "files"), "sealing_public_key": PUBLIC, "quota_messages": 1000}
        mail = {
            "mail_url": sink.url,
            "sms_url": f"files:{folder / 'sms'}",
            "sealing_private_key": PRIVATE,
            "public_url": "https://espace.example.com",
            "smtp_timeout": 60.0,
        }
        self.contact = ServiceUnderTest(build_contact, _settings(ContactSettings, folder, "contact", kept), clock=clock)
        self.notification = ServiceUnderTest(
            build_notification, _settings(NotificationSettings, folder, "notification", mail), clock=clock
        )
        for card in (delegation.ADHERENT_REGISTERED, identity.ACCOUNT_UPDATED, delegation.DELEGATION_CONFIRMED):
            self.contact.deliver(card)

    def carry(self) -> list[bytes]:
        """What contact recorded reaches notification, which sends: the bytes that arrived, in order of arrival."""
        self.sink.raw.clear()
        self.sink.recipients.clear()
        registry = self.contact.service.registry
        events = self.contact.recorded()
        self.contact.clear()
        heard = [event for event in events if event.type in self.notification.service.listens]
        told = [self.notification.delivery(registry.cards[event.type], event.data) for event in heard]
        outcome = self.notification.take(told)
        assert not (outcome.failed or outcome.parked), self.notification.errors()
        while self.notification.run_job("send_emails"):
            pass
        return list(self.sink.raw)

    def close(self) -> None:
        """Give the databases back."""
        self.contact.close()
        self.notification.close()


def _settings(kind: Any, folder: Path, name: str, more: dict[str, Any]) -> Any:
    return kind.of(database_url=f"sqlite:///{folder / name}.db", broker_url="embedded:", **more)


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """One for the whole file."""
    with smtp_sink() as sink:
        made = Post(tmp_path_factory.mktemp("post"), sink)
        yield made
        made.close()


def to_caisse(raws: list[bytes]) -> list[dict[str, str]]:
    """The headers of the caisse's mails, those alone that it should have."""
    read = [headers_of(raw) for raw in raws]
    assert [found for found in read if set(found) != NAMES | {"Reply-To"}] == []
    return [found for found in read if found["To"] == "contact.idf@example.com"]


@pytest.mark.parametrize("objet", WRITTEN)
def test_k11_an_object_puts_no_header_of_its_own_into_either_mail(post: Post, objet: str) -> None:
    reference = write(post.contact, objet=objet).json["reference"]
    raws = post.carry()
    assert sorted(post.sink.recipients) == sorted(["contact.idf@example.com", ACCOUNT["email"]])
    (caisse,) = to_caisse(raws)
    assert (caisse["Subject"], caisse["Reply-To"]) == (f"{reference} : {objet}", ACCOUNT["email"])
    for raw in raws:
        block = raw.partition(b"\r\n\r\n")[0].lower()
        assert b"\r\nbcc:" not in block and block.count(b"\r\ncontent-type:") == 1


@pytest.mark.parametrize("part", range(PARTS))
def test_k11_two_hundred_french_subjects_arrive_as_they_were_written(post: Post, part: int) -> None:
    wanted = {}
    for objet in french(SUBJECTS)[part::PARTS]:
        answer = write(post.contact, objet=objet)
        assert answer.status == 201, (objet, answer.json)
        wanted[answer.json["reference"]] = objet
    got = dict(found["Subject"].split(" : ", 1) for found in to_caisse(post.carry()))
    assert len(got) == SUBJECTS // PARTS and got == wanted


@pytest.mark.parametrize("nom", [*WRITTEN[:3], "Lefèvre, « Durand » 🏗️ et l’Île-d’Yeu " * 2])
def test_k11_the_name_of_the_sender_is_text_in_what_arrives(post: Post, nom: str) -> None:
    """It comes from another service: cleaned, and never a header."""
    state = identity.ACCOUNT_UPDATED.load({**ACCOUNT, "nom": nom[:100]})
    post.contact.deliver(identity.ACCOUNT_UPDATED, state, sequence=2 + len(nom))
    write(post.contact, objet="Question")
    raws = post.carry()
    assert len(to_caisse(raws)) == 1 and len(post.sink.recipients) == 2


@pytest.mark.parametrize("objet", ["a\r\nBcc: evil@x.fr", "a\nb", "a\x85b", "a\u2028b", "a\x1bb"])
def test_k11_what_cannot_be_a_subject_is_refused_while_its_writer_can_correct_it(post: Post, objet: str) -> None:
    refused = write(post.contact, objet=objet)
    assert (refused.status, [one["field"] for one in refused.json["errors"]]) == (422, ["objet"])
    assert post.carry() == []


@pytest.mark.parametrize("answer", ["552 5.2.2 mailbox full", "550 4.7.1 greylisted", "554 Please try again later"])
def test_k11_a_refusal_for_now_is_tried_again_and_arrives_once(post: Post, answer: str) -> None:
    reference = write(post.contact, objet=answer).json["reference"]
    post.sink.script["RCPT"] = [answer, answer]
    assert post.carry() == []
    post.notification.clock.advance(LATER)
    arrived = [headers_of(raw)["Subject"] for raw in post.carry()]
    assert len(arrived) == 2 and f"{reference} : {answer}" in arrived


def test_k11_we_greet_with_the_public_host(post: Post) -> None:
    write(post.contact, objet="Question")
    assert post.carry()
    assert set(post.sink.greetings) == {"espace.example.com"}

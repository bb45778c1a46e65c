"""Mail servers that are away, refuse or drop the line; senders that die. Nothing lost, nothing doubled."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backbone.testing import ServiceUnderTest
from services.notification.domain.deliveries import Verdict
from services.notification.domain.kinds import Medium
from services.notification.jobs import send_sms
from services.notification.storage.deliveries import most_urgent
from services.notification.use_cases.send_deliveries import LEASE, EmailPost, Post, SmsPost, send_deliveries
from tests.service.notification.mail import invite, rows, send, statuses, text_code
from tests.support.smtp import SmtpSink

Make = Callable[..., ServiceUnderTest]


class Killed(BaseException):
    """The process dies here."""


class Dying:
    """A channel whose process dies just after a message left, before anything can be recorded."""

    def __init__(self, real: Any) -> None:
        self.repeatable = real.repeatable
        self._real = real

    @contextmanager
    def session(self) -> Iterator["Dying"]:
        with self._real.session() as self._open:
            yield self

    def send(self, message: Any) -> Verdict:
        self._open.send(message)
        raise Killed


def die_after_sending(under: ServiceUnderTest, kind: type[Post]) -> None:
    post = under.service.port(kind)
    dying = Post(post.medium, Dying(post.channel), post.writer, post.patience)
    with pytest.raises(Killed):
        send_deliveries(dying, units=under.service.unit, clock=under.clock)


def test_fa8_a_server_that_is_away_for_15_minutes_loses_and_doubles_nothing(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    for number in range(5):
        invite(under, email=f"a{number}@example.com")
    sink.stop()
    for _ in range(15):
        assert send(under) == 0
        under.clock.advance(timedelta(minutes=1))
    sink.start()
    under.clock.advance(timedelta(seconds=31))
    assert send(under) == 5
    assert sorted(sink.recipients) == [f"a{number}@example.com" for number in range(5)]
    assert len(sink.distinct()) == 5  # a copy under the same Message-ID is the same e-mail
    assert sink.connections == 1  # one connection for the batch


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_fa9_a_4xx_is_tried_again(under: ServiceUnderTest, sink: SmtpSink, stage: str) -> None:
    sink.script[stage] = ["451 later", "452 later still"]
    invite(under)
    for wait in (0, 2, 4):
        under.clock.advance(timedelta(seconds=wait))
        send(under)
    assert [(row.status, row.attempts) for row in rows(under)] == [("envoye", 3)]
    assert len(sink.messages) == 1


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_fa9_a_5xx_is_final_and_visible(under: ServiceUnderTest, sink: SmtpSink, stage: str) -> None:
    sink.script[stage] = ["550 refused"]
    invite(under)
    for _ in range(3):
        send(under)
        under.clock.advance(timedelta(hours=1))
    assert [(row.status, row.attempts, row.reason) for row in rows(under)] == [("echec_definitif", 1, "550 refused")]
    assert sink.messages == []


def test_a_refused_sender_is_our_fault_not_the_messages(under: ServiceUnderTest, sink: SmtpSink) -> None:
    sink.script["MAIL"] = ["550 sender refused"]
    invite(under)
    assert send(under) == 0
    under.clock.advance(timedelta(seconds=3))
    assert send(under) == 1


def test_what_a_wrong_clock_put_off_leaves_when_the_clock_is_right_again(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    sink.script["RCPT"] = ["451 later"]
    invite(under)
    under.clock.advance(timedelta(hours=2))
    assert send(under) == 0
    under.clock.advance(timedelta(hours=-2))
    assert send(under) == 1


def test_a_sender_that_a_wrong_clock_gave_a_long_lease_is_waited_for_as_any_other(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    invite(under)
    under.clock.advance(timedelta(hours=2))
    die_after_sending(under, EmailPost)
    under.clock.advance(timedelta(hours=-2))
    assert send(under) == 0  # it may be alive
    under.clock.advance(LEASE + timedelta(seconds=1))
    assert send(under) == 1


def test_one_bad_address_does_not_hold_the_others(under: ServiceUnderTest, sink: SmtpSink) -> None:
    sink.script["RCPT"] = ["550 no", "451 later"]
    for number in range(4):
        invite(under, email=f"a{number}@example.com")
    assert send(under) == 2
    assert statuses(under) == ["echec_definitif", "a_envoyer", "envoye", "envoye"]


def test_a_line_cut_after_the_message_repeats_it_under_the_same_message_id(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    sink.script["DATA"] = ["DROP"]
    invite(under)
    assert send(under) == 0
    under.clock.advance(timedelta(seconds=3))
    assert send(under) == 1
    assert len(sink.messages) == 2
    assert len(sink.distinct()) == 1


def test_a_server_that_ends_the_line_between_two_messages_gets_the_next_on_another(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    sink.script["MAIL"] = ["250 OK", "421 enough for this line"]
    for number in range(3):
        invite(under, email=f"a{number}@example.com")
    assert send(under) == 3
    assert (sink.connections, len(sink.messages)) == (2, 3)


def test_a_fault_of_ours_holds_one_message_and_not_the_others(
    under: ServiceUnderTest, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(under, email="a0@example.com")
    invite(under, email="a1@example.com")
    writer = under.service.port(EmailPost).writer
    usual = writer.write
    monkeypatch.setattr(writer, "write", lambda row: 1 / 0 if row.recipient.startswith("a0") else usual(row))
    assert send(under) == 1
    assert [(row.status, row.reason) for row in rows(under)] == [
        ("a_envoyer", "erreur interne (ZeroDivisionError)"),
        ("envoye", None),
    ]


def test_patience_ends(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under, expires_at=under.clock.now() + timedelta(days=30))
    sink.script["RCPT"] = ["451 later"] * 3
    send(under)
    under.clock.advance(timedelta(hours=73))
    send(under)
    assert statuses(under) == ["echec_definitif"]


def test_fa10_a_code_about_to_expire_is_not_sent(under: ServiceUnderTest, tmp_path: Path) -> None:
    text_code(under)
    under.clock.advance(timedelta(minutes=9))
    assert send(under) == 0
    assert [(row.status, row.sealed) for row in rows(under)] == [("echec_definitif", None)]
    assert "trop tard" in rows(under)[0].reason
    assert not (tmp_path / "sms").exists()


def test_a_dead_link_is_not_sent(under: ServiceUnderTest, sink: SmtpSink) -> None:
    invite(under)
    under.clock.advance(timedelta(days=7))
    assert send(under) == 0
    assert statuses(under) == ["echec_definitif"]


def test_a_crash_after_sending_repeats_an_email_under_the_same_message_id(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    invite(under)
    invite(under, email="autre@example.com")
    die_after_sending(under, EmailPost)
    assert sorted(statuses(under)) == ["a_envoyer", "en_cours"]  # one in doubt, not the batch
    assert send(under) == 1  # the other one need not wait for the dead sender's lease
    under.clock.advance(LEASE + timedelta(seconds=1))
    assert send(under) == 1
    assert statuses(under) == ["envoye", "envoye"]
    assert len(sink.messages) == 3
    assert len(sink.distinct()) == 2


def test_a_crash_after_sending_leaves_one_file_in_a_maildir(make: Make, tmp_path: Path) -> None:
    under = make(mail_url=f"maildir:{tmp_path / 'mailbox'}")
    invite(under)
    for _ in range(3):
        die_after_sending(under, EmailPost)
        under.clock.advance(LEASE + timedelta(seconds=1))
    assert send(under) == 1
    assert len(list((tmp_path / "mailbox" / "new").iterdir())) == 1
    assert list((tmp_path / "mailbox" / "tmp").iterdir()) == []


def test_a_mail_that_was_read_meanwhile_is_not_delivered_again(make: Make, tmp_path: Path) -> None:
    under = make(mail_url=f"maildir:{tmp_path / 'mailbox'}")
    invite(under)
    die_after_sending(under, EmailPost)
    (new,) = (tmp_path / "mailbox" / "new").iterdir()
    new.rename(tmp_path / "mailbox" / "cur" / f"{new.name}:2,S")
    under.clock.advance(LEASE + timedelta(seconds=1))
    send(under)
    assert list((tmp_path / "mailbox" / "new").iterdir()) == []


def test_a_crash_after_sending_an_sms_is_said_and_never_repeated(under: ServiceUnderTest, tmp_path: Path) -> None:
    post: Post = under.service.port(SmsPost)
    post.channel.repeatable = False  # as a provider that knows no reference of ours
    text_code(under)
    die_after_sending(under, SmsPost)
    under.clock.advance(LEASE + timedelta(seconds=1))
    for _ in range(3):
        assert send_sms(units=under.service.unit, clock=under.clock, post=post) == 0
    assert [(row.status, row.sealed) for row in rows(under)] == [("unconfirmed", None)]
    assert len(list((tmp_path / "sms").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_an_outage(make: Make, tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("not a folder")
    under = make(mail_url=f"maildir:{tmp_path / 'mailbox'}")
    invite(under)
    assert send(under) == 0
    assert statuses(under) == ["a_envoyer"]
    (tmp_path / "mailbox").unlink()
    under.clock.advance(timedelta(seconds=3))
    assert send(under) == 1


def test_several_senders_send_each_message_once(under: ServiceUnderTest, sink: SmtpSink) -> None:
    for number in range(40):
        invite(under, email=f"a{number}@example.com")
    senders = [threading.Thread(target=under.run_job, args=("send_emails",)) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    assert len(sink.messages) == len(sink.distinct()) == 40
    assert statuses(under) == ["envoye"] * 40


def test_the_next_message_is_found_by_its_index_however_many_were_sent(under: ServiceUnderTest) -> None:
    with under.engine.connect() as connection, connection.begin():
        postgresql = connection.dialect.name == "postgresql"
        # SQLite's driver has no way of its own for a date any more (Python 3.12), so its values stand in the words.
        kwargs = {"literal_binds": not postgresql, "render_postcompile": True}
        query = most_urgent(Medium.EMAIL, under.clock.now()).compile(connection, compile_kwargs=kwargs)
        if postgresql:
            connection.exec_driver_sql("SET enable_seqscan = off")
            connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
        explain = "EXPLAIN " if postgresql else "EXPLAIN QUERY PLAN "
        plan = str(list(connection.exec_driver_sql(explain + str(query), query.params if postgresql else ())))
    assert "delivery_next_turn" in plan


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
@pytest.mark.parametrize("answer", ["552 5.2.2 mailbox full", "550 4.7.1 greylisted", "554 Please try again later"])
def test_fa9_what_passes_is_tried_again_whatever_its_first_digit(
    under: ServiceUnderTest, sink: SmtpSink, stage: str, answer: str
) -> None:
    sink.script[stage] = [answer]
    invite(under)
    assert send(under) == 0
    under.clock.advance(timedelta(seconds=3))
    assert send(under) == 1


@pytest.mark.parametrize(
    ("settings", "said"), [({}, "espace.example.com"), ({"smtp_helo": "mail.example.com"}, "mail.example.com")]
)
def test_the_server_is_greeted_with_our_public_name(
    make: Make, sink: SmtpSink, settings: dict[str, str], said: str
) -> None:
    under = make(**settings)
    invite(under)
    send(under)
    assert sink.greetings == [said]

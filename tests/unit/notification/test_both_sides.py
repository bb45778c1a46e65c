"""Both sides of a delegation are told of each change: exactly those concerned, each once, each apart."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from backbone.events.cards import Event, EventCard
from backbone.ids import new_id
from contracts.events import delegation, identity, reminding, stated
from contracts.terms import DelegationState
from contracts.words.changes import SOMEBODY, Cause
from contracts.words.kinds import Kind
from contracts.words.reasons import Closed
from services.notification.adapters.templates import Templates
from services.notification.domain.nights import What
from services.notification.messages import KINDS, answering
from services.notification.messages.delegations_du_jour import begun, ended

BENEFICIARY, ADMINISTRATOR, OTHER = "comptable@example.com", "durand@example.com", "petit@example.com"
CHANGES = [
    card for card in (*delegation.CARDS, *reminding.CARDS, *stated.CARDS) if issubclass(card.schema, DelegationState)
]
README = Path(__file__).parents[3] / "services" / "notification" / "README.md"
# Of an opening its link tells, which identity makes.
TOLD_BY = {"delegation.opened.v1": "invitation.issued.v1"}
# Written by the clock, of what these events say.
IN_THE_MORNING = {
    "delegation.started.v1": {"delegations_du_jour"},
    "delegation.closed.v1": {"delegations_du_jour"},
    "delegation.ending.v1": {"delegations_bientot_finies"},
    "confirmation.awaited.v1": {"confirmations_attendues"},
}


def happened(card: EventCard, **changes: Any) -> Event:
    """The example of `card` with changes, as a listener gets it."""
    data = {**card.load(card.example), **changes}
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    return Event(new_id(), card.type, "delegation", str(data["delegation_id"]), at, 3, data)


def told(event: Event) -> list[tuple[str, str]]:
    """Each message of `event`, with its reader."""
    return [(order.kind.name, order.recipient) for message in answering(event.type) for order in message.orders(event)]


@pytest.mark.parametrize(
    ("card", "changes", "expected"),
    [
        (
            delegation.DELEGATION_COMPLETED,
            {"already_known": True},
            {"confirmation_demandee": ADMINISTRATOR, "delegation_en_attente": BENEFICIARY},
        ),
        (delegation.DELEGATION_CONFIRMED, {}, {"delegation_confirmee": BENEFICIARY, "confirmation_signalee": OTHER}),
        (delegation.DELEGATION_REFUSED, {}, {"delegation_refusee": BENEFICIARY, "refus_signale": OTHER}),
        (delegation.DELEGATION_CHANGED, {}, {"delegation_modifiee": BENEFICIARY, "modification_signalee": OTHER}),
        (
            delegation.DELEGATION_CHANGED,
            {"cause": Cause.DELEGATION_MERE, "told": []},
            {"delegation_modifiee": BENEFICIARY},
        ),
        (
            delegation.DELEGATION_CHANGED,
            {"cause": Cause.SUSPENSION, "suspended_until": date(2026, 12, 1)},
            {"delegation_suspendue": BENEFICIARY, "suspension_signalee": OTHER},
        ),
        (
            delegation.DELEGATION_CHANGED,
            {"cause": Cause.REPRISE},
            {"delegation_suspendue": BENEFICIARY, "suspension_signalee": OTHER},
        ),
        (
            delegation.DELEGATION_CLOSED,
            {"administrators": []},
            {"delegation_fermee": BENEFICIARY, "fermeture_signalee": OTHER},
        ),
        (
            delegation.DELEGATION_CLOSED,
            {"administrators": [], "completed_at": None, "confirmed_at": None},
            {"delegation_fermee": BENEFICIARY},
        ),
        (
            delegation.DELEGATION_CLOSED,
            {"reason": Closed.LEFT, "told": []},
            {"delegation_fermee": BENEFICIARY, "delegation_sans_suite": ADMINISTRATOR},
        ),
        # Told in the morning, with all that began or ended in that night (`test_nights.py`).
        (
            delegation.DELEGATION_CLOSED,
            {"reason": Closed.ECHEANCE, "ends_on": date(2026, 11, 23), "administrators": []},
            {},
        ),
        (delegation.DELEGATION_STARTED, {}, {}),
        (reminding.CONFIRMATION_AWAITED, {}, {"relance_confirmation": ADMINISTRATOR}),
        (reminding.CONFIRMATION_AWAITED, {"by_beneficiary": False}, {}),
        (reminding.DELEGATION_ENDING, {}, {}),
        (reminding.PROLONGATION_REQUESTED, {}, {"prolongation_demandee": ADMINISTRATOR}),
        (
            reminding.PROLONGATION_REFUSED,
            {},
            {"prolongation_refusee": BENEFICIARY, "prolongation_refus_signale": OTHER},
        ),
        (delegation.DELEGATION_READDRESSED, {}, {"beneficiaire_readresse": ADMINISTRATOR}),
    ],
    ids=lambda value: value.type if isinstance(value, EventCard) else None,
)
def test_a_change_is_told_to_both_sides_each_once(
    card: EventCard, changes: dict[str, Any], expected: dict[str, str]
) -> None:
    found = told(happened(card, **changes))
    assert sorted(found) == sorted(expected.items())


def test_of_what_its_dates_did_each_is_noted_once_for_the_mail_of_the_night() -> None:
    for card, lines, changes in (
        (delegation.DELEGATION_CLOSED, ended, {"reason": Closed.ECHEANCE, "ends_on": date(2026, 11, 23)}),
        (delegation.DELEGATION_STARTED, begun, {}),
    ):
        found = [(one.recipient, one.followed) for one in lines(happened(card, **changes))]
        assert found == [(BENEFICIARY, ""), (OTHER, "Claire Martin")]
    assert ended(happened(delegation.DELEGATION_CLOSED)) == []


@pytest.mark.parametrize("card", CHANGES, ids=lambda card: card.type)
def test_the_table_of_the_readme_says_who_is_told_of_each_event_of_a_delegation(card: EventCard) -> None:
    rows = re.findall(rf"^\| `{re.escape(card.type.removesuffix('.v1'))}` \|(.+)$", README.read_text("utf-8"), re.M)
    assert len(rows) == 1, f"{README}: one row of « Who is told of what » for {card.type}."
    event = TOLD_BY.get(card.type, card.type)
    written = {name for name in re.findall(r"`([a-z_]+)`", rows[0]) if name in KINDS}
    assert written == {kind.name for kind in KINDS.values() if kind.event == event} | IN_THE_MORNING.get(event, set())


def test_nothing_is_told_where_nothing_changed_or_where_the_event_does_not_say_what_was() -> None:
    card = delegation.DELEGATION_CHANGED
    now = card.load(card.example)
    assert told(happened(card, before={name: now[name] for name in now["before"]})) == []
    old = happened(card)
    del old.data["before"]  # type: ignore[attr-defined]
    assert told(old) == []


def test_an_event_of_the_version_before_is_told_to_the_beneficiary_as_it_was() -> None:
    for card in (delegation.DELEGATION_CONFIRMED, delegation.DELEGATION_REFUSED):
        old = happened(card)
        del old.data["told"], old.data["author"]  # type: ignore[attr-defined]
        assert [reader for _, reader in told(old)] == [BENEFICIARY]


def test_no_mail_of_a_change_shows_an_address_of_the_other_side() -> None:
    """The beneficiary never reads an administrator's; an administrator reads the one he delegated to, and no other."""
    for card in (delegation.DELEGATION_CHANGED, delegation.DELEGATION_CLOSED, delegation.DELEGATION_CONFIRMED):
        for message in answering(card.type):
            for order in message.orders(happened(card)):
                known = {order.recipient, BENEFICIARY} if order.recipient != BENEFICIARY else {BENEFICIARY}
                said = re.findall(r"[\w.]+@example\.com", "\n".join(written(order.kind.name, order.context)))
                assert set(said) <= known, f"{order.kind.name} to {order.recipient}: {said}"


def test_what_was_what_is_who_and_from_when() -> None:
    card = delegation.DELEGATION_CHANGED
    event = happened(card, ends_on=date(2026, 12, 31), starts_on=date(2026, 12, 1), below=1)
    mails = {
        order.recipient: written(order.kind.name, order.context)
        for m in answering(card.type)
        for order in m.orders(event)
    }
    for said in (
        "Date de fin : 31/12/2026 (avant : aucune)",
        "Mes déclarations nominatives : consultation (avant : mise à jour)",
        "Ma situation de compte : aucun droit (avant : consultation)",
        "Par : Paul Durand\nLe : 24/11/2026 à 10\u00a0h\u00a000",
        "Ces changements comptent à partir du 01/12/2026",
        "Une délégation accordée sous",
    ):
        assert said in mails[BENEFICIARY][1] and said in mails[OTHER][1], said
    assert all("ENTREPRISE DURAND" in subject for subject, _ in mails.values())
    assert "Claire Martin" in mails[OTHER][0]


def test_who_was_clipped_reads_that_it_came_from_above() -> None:
    event = happened(delegation.DELEGATION_CHANGED, cause=Cause.DELEGATION_MERE, told=[], author=SOMEBODY)
    (order,) = [one for message in answering(event.type) for one in message.orders(event)]
    _, text = written(order.kind.name, order.context)
    assert "La délégation dont dépend la vôtre" in text and f"Par : {SOMEBODY}" in text


def test_a_suspension_and_its_early_end_are_told_in_their_own_words() -> None:
    until = {"cause": Cause.SUSPENSION, "suspended_until": date(2026, 12, 1), "starts_on": date(2026, 12, 2)}
    for changes, subject_says, body_says in (
        (until, "est suspendue jusqu'au 01/12/2026", "est suspendue jusqu'au 01/12/2026 inclus"),
        ({"cause": Cause.REPRISE}, "est reprise", "qui était suspendue, est reprise avec les mêmes droits"),
    ):
        event = happened(delegation.DELEGATION_CHANGED, **changes)
        for order in (one for message in answering(event.type) for one in message.orders(event)):
            subject, text = written(order.kind.name, order.context)
            assert "ENTREPRISE DURAND" in subject and subject_says in subject
            assert (
                body_says in " ".join(text.split()) and "Par : Paul Durand\nLe : 24/11/2026 à 10\u00a0h\u00a000" in text
            )


def test_what_opens_again_by_itself_resumes_and_does_not_begin() -> None:
    event = happened(delegation.DELEGATION_STARTED, suspended_until=date(2026, 11, 30))
    assert {one.what for one in begun(event)} == {What.RESUMES}
    assert {one.what for one in begun(happened(delegation.DELEGATION_STARTED))} == {What.BEGINS}


def written(name: str, context: Any) -> tuple[str, str]:
    """Subject and text of a message."""
    subject, text, _ = Templates(public_url="https://espace.test").email(KINDS[name], context)
    return subject, text


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "invitation"),
        ({"kind": Kind.FONDATEUR}, "invitation_fondateur"),
        ({"kind": Kind.FONDATEUR, "already_known": True}, "delegation_a_accepter"),
        ({"already_known": True}, "delegation_a_accepter"),
    ],
)
def test_who_is_invited_gets_one_link_in_the_words_that_are_his(changes: dict[str, Any], name: str) -> None:
    assert told(happened(identity.INVITATION_ISSUED, **changes)) == [(name, BENEFICIARY)]


def test_an_invitation_of_the_version_before_is_the_one_that_it_was() -> None:
    old = happened(identity.INVITATION_ISSUED)
    for name in ("kind", "starts_on", "nom", "prenom"):
        del old.data[name]  # type: ignore[attr-defined]
    assert told(old) == [("invitation", BENEFICIARY)]


def test_who_gave_up_reads_that_he_did_and_the_others_that_he_did() -> None:
    card = delegation.DELEGATION_CLOSED
    event = happened(card, renounced=True, administrators=[])
    mails = {o.recipient: written(o.kind.name, o.context)[1] for m in answering(card.type) for o in m.orders(event)}
    assert "Vous avez renoncé à la délégation" in mails[BENEFICIARY]
    assert "Claire Martin (comptable@example.com) a renoncé" in mails[OTHER] and "Par :" not in mails[OTHER]

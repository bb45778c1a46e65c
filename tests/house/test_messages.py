"""A message of notification is one folder: what triggers it, whom it reaches, its words, an example of what it says."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from contracts import REGISTRY
from services.notification import messages
from services.notification.domain.kinds import Medium
from tests.house.sources import committed

HOME = Path("services/notification/messages")
BOTH = {"__init__.py", "example.json"}
WORDS = {Medium.EMAIL: {"subject.txt", "body.txt", "body.html"}, Medium.SMS: {"sms.txt"}}
# Events that notification hears and writes nothing about: the digest is made from what they say, by the clock.
ANSWERED_BY_NONE = {
    *("account.completed.v1", "account.stated.v1", "account.updated.v1", "identity_state.announced.v1"),
    *("delegation.started.v1", "delegation.ending.v1", "delegation.stated.v1", "delegation_state.announced.v1"),
    *("alert.opened.v1", "alert.changed.v1", "alert.resolved.v1", "alert.stated.v1", "dsn_state.announced.v1"),
    *("session.revoked.v1", "delegation_authority.alive.v1", "identity_authority.alive.v1"),
}
ALL = (*messages.MESSAGES, *messages.TIMED)
FOLDERS = sorted({path.parts[3] for path in committed() if path.parent.parent == HOME})


def test_every_folder_is_in_the_table_under_its_name() -> None:
    listed = {module.__name__.rpartition(".")[2]: module.KIND.name for module in ALL}  # type: ignore[attr-defined]
    assert listed == {name: name for name in FOLDERS}, f"MESSAGES of {HOME}/__init__.py lists each folder, as its KIND."


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_complete(name: str) -> None:
    wanted = BOTH | WORDS[messages.KINDS[name].medium]
    found = {path.name for path in committed() if path.parent == HOME / name}
    assert found == wanted, (
        f"{HOME}/{name}: it lacks {sorted(wanted - found)}, or nobody reads {sorted(found - wanted)}."
    )


@pytest.mark.parametrize("message", ALL, ids=lambda message: message.KIND.name)
def test_a_folder_says_to_whom_it_is_written_and_why(message: Any) -> None:
    told = message.orders if message.KIND.event else message.order
    assert inspect.getdoc(told), f"{message.KIND.name}: orders(event) says to whom, in its docstring."


@pytest.mark.parametrize("event", sorted(card.type for card in REGISTRY.consumed_by("notification")))
def test_an_event_that_is_heard_is_answered_by_a_message(event: str) -> None:
    said = f"{event}: no folder of {HOME} is written for it; make one, or name it in ANSWERED_BY_NONE."
    assert bool(messages.answering(event)) != (event in ANSWERED_BY_NONE), said


def test_no_message_is_written_for_an_event_that_is_not_heard() -> None:
    heard = {card.type for card in REGISTRY.consumed_by("notification")}
    deaf = {kind.name: kind.event for kind in messages.KINDS.values() if kind.event and kind.event not in heard}
    assert not deaf, f"{deaf}: notification is no consumer of these events (contracts/): nobody would get the message."

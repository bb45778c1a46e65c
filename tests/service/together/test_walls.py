"""Two walls stand for what was sent to an address (decision 16): each alone is enough, and the machine sees both gone.

Without both, somebody has what was not granted to a mailbox of his.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from services.delegation.domain.delegation import Delegation
from services.identity.storage import accounts
from services.identity.storage import delegations as identity_delegations
from services.identity.storage.accounts import Reserved
from tests.service.together.people import BOSS, MAILBOXES, People


def identity_answers_for_whoever_had_to_do_with_it(patch: pytest.MonkeyPatch) -> None:
    """The first wall is out: who left an address is told to be the beneficiary of what is sent there."""
    reserve, identify = accounts.reserve, identity_delegations.identify

    def to_who_left(connection: Any, addresses: Any, now: datetime) -> Any:
        whose = reserve(connection, addresses, now)
        return Reserved({**whose.accounts, **{key: left.account for key, left in whose.left.items()}}, {})

    def whatever_the_address(connection: Any, account_id: UUID, email_key: str, *rest: Any) -> Any:
        waiting = identity_delegations.delegations.c
        keys = sa.select(waiting.email_key).where(waiting.account_id == account_id).distinct()
        asked = [key for key in connection.scalars(keys) if key]
        return [one for key in asked for one in identify(connection, account_id, key, *rest)]

    patch.setattr(accounts, "reserve", to_who_left)
    patch.setattr(identity_delegations, "identify", whatever_the_address)


def delegation_takes_whom_it_is_told(patch: pytest.MonkeyPatch) -> None:
    """The second wall is out: whatever address an account has, or had, is the one that was asked."""
    patch.setattr(Delegation, "asked_of", lambda *_: True)


WALLS = {"identity": identity_answers_for_whoever_had_to_do_with_it, "delegation": delegation_takes_whom_it_is_told}


def left_by_its_founder(machine: People) -> None:
    """Anne moved to Bruno's mailbox; the caisse names a founder at the one she left."""
    machine.begin(already="an address left")
    machine.name_founder(MAILBOXES[0], 2)


def left_by_its_accountant(machine: People) -> None:
    """Anne moved; the company delegates to the address she left."""
    machine.begin(already="an address left")
    machine.delegate(MAILBOXES[0])


def replaced_at_an_address_left(machine: People) -> None:
    """Anne moved; the caisse replaces a founder by the address she left."""
    machine.begin(already="an address left")
    machine.name_founder(BOSS, 2)
    machine.replace_founder(MAILBOXES[0], 2)


def given_on_by_the_firm(machine: People) -> None:
    """Anne moved; the firm delegates to the address she left, for a month."""
    machine.begin(already="an address left")
    machine.delegate(MAILBOXES[0], lasts=30, by_firm=True)


# Those of the caisse need no act of whoever they are for: without walls, they give at once.
OF_THE_CAISSE = (left_by_its_founder, replaced_at_an_address_left)
STORIES = (*OF_THE_CAISSE, left_by_its_accountant, given_on_by_the_firm)


def told(people: type[People], story: Callable[[People], None]) -> None:
    """Let the story happen, everything arrive, and everything be checked."""
    machine = people()
    story(machine)
    machine.nobody_has_what_was_not_granted_to_a_mailbox_of_his()
    machine.deliver_all()
    machine.nobody_has_what_was_not_granted_to_a_mailbox_of_his()


@pytest.mark.parametrize("story", OF_THE_CAISSE)
def test_without_both_walls_the_machine_is_red(people: type[People], story: Callable[[People], None]) -> None:
    told(people, story)
    with pytest.MonkeyPatch.context() as patch:
        for take_out in WALLS.values():
            take_out(patch)
        with pytest.raises(AssertionError):
            told(people, story)


def overtaken_by_her_departure(machine: People) -> None:
    """Anne is the founder of another company; word of it arrives after word of the mailbox she has since."""
    machine.begin(already="nothing")
    machine.name_founder(MAILBOXES[0], 2)
    machine.system.collect()
    machine.system.deliver([name for name, _ in machine.system.waiting].index("identity"))
    machine.ask(*MAILBOXES)
    machine.prove(MAILBOXES[1], 0)
    while machine.system.waiting:
        machine.deliver(len(machine.system.waiting) - 1)
    machine.nobody_is_given_what_he_is_known_to_have_left()


def test_where_the_last_word_counts_and_not_the_newest_the_machine_is_red(people: type[People]) -> None:
    overtaken_by_her_departure(people())
    with pytest.MonkeyPatch.context() as patch:
        delegation_takes_whom_it_is_told(patch)
        with pytest.raises(AssertionError):
            overtaken_by_her_departure(people())


@pytest.mark.parametrize("wall", WALLS)
def test_without_one_of_them_it_is_green(people: type[People], wall: str, monkeypatch: pytest.MonkeyPatch) -> None:
    WALLS[wall](monkeypatch)
    people.newest_counts = wall != "delegation"
    for story in STORIES:
        told(people, story)
    run_state_machine_as_test(people, settings=settings(stateful_step_count=20, max_examples=10))

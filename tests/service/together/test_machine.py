"""Identity and delegation driven together, in any order: nobody has an access that was not granted to a mailbox of his.

Two people and two mailboxes, a company that delegates, a caisse that names founders, events delivered in any order, and
a clock that jumps. What the machine knows of who proved what comes from the links that were used, and nothing else.
`HYPOTHESIS_PROFILE=long` looks for an hour.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backbone.clock import FixedClock
from tests.service.together.driven import Driven

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BOSS, MAILBOXES = "patron@example.com", ("anne@example.com", "bruno@example.com")
NOBODY = 10**6
mailboxes, numbers = st.sampled_from(MAILBOXES), st.integers(0, 30)


class People(RuleBasedStateMachine):
    """What people, a company and the caisse may do, whenever."""

    system: Driven

    company: UUID
    boss: UUID

    @classmethod
    def before(cls, system: Driven) -> None:
        """A company and its administrator; Anne has an account, as the founder of another company."""
        cls.system = system
        cls.company, cls.boss = system.founded(BOSS, 1)
        system.founded(MAILBOXES[0], 9)
        system.keep()

    @initialize(already=st.sampled_from(("nothing", "two accounts", "a wanted address", "an address left")))
    def begin(self, already: str) -> None:
        """Where a story begins: what is rare by chance is where the faults were."""
        self.system.reset()
        self.step = 0
        self.granted = dict.fromkeys(self.system.asked, 0)
        self.had: dict[UUID, list[list[Any]]] = {}
        for email in (BOSS, MAILBOXES[0]):
            self.has(self.system.account_of(email), email)
        self.step = 1
        if already == "two accounts":
            self.name_founder(MAILBOXES[1], 8)
            self.deliver_all()
            self.complete(MAILBOXES[1])
        elif already != "nothing":
            self.ask(*MAILBOXES)
            if already == "an address left":
                self.prove(MAILBOXES[1], 0)

    def has(self, account: UUID, email: str) -> None:
        """From now on the account has this address, and no other."""
        for one, intervals in self.had.items():
            if one == account:
                intervals[-1][2] = self.step
        self.had.setdefault(account, []).append([email, self.step, NOBODY])

    # the caisse and the company

    @rule(email=mailboxes, number=st.integers(2, 3))
    def name_founder(self, email: str, number: int) -> None:
        """The referential names, or corrects, a founding administrator."""
        self.system.send_founder(email, number)

    @rule(email=mailboxes)
    def delegate(self, email: str) -> None:
        """The administrator delegates to an address."""
        self.system.delegate(self.company, self.boss, email)

    @rule(number=numbers, what=st.sampled_from(("confirmation", "refusal", "closing", "invitation")))
    def decide(self, number: int, what: str) -> None:
        """He confirms, refuses, closes, or has somebody invited again."""
        rows = [row for row in self.system.rows(self.company) if row["account_id"] != self.boss]
        if rows:
            self.system.act(self.company, self.boss, rows[number % len(rows)], what)

    # people

    @rule(email=mailboxes)
    def complete(self, email: str) -> None:
        """Who reads the mailbox opens his account from its newest invitation."""
        if self.system.complete(self.system.link("invitation", email)).status == 200:
            self.has(self.system.account_of(email), email)

    @rule(email=mailboxes)
    def accept(self, email: str) -> None:
        """Whose account has `email` logs in and accepts what he is offered."""
        self.system.accept(email)

    @rule(email=mailboxes, to=mailboxes)
    def ask(self, email: str, to: str) -> None:
        """Whose account has `email` wants `to`."""
        answer = self.system.login(email)
        if answer.status == 201:
            self.system.ask_change(answer.json["access_token"], to)

    @rule(email=mailboxes, number=numbers)
    def prove(self, email: str, number: int) -> None:
        """Who reads the mailbox uses an activation link that is in it."""
        self.use("activation", self.system.some_link("sealed_activation", email, number))

    @rule(email=mailboxes, number=numbers)
    def undo(self, email: str, number: int) -> None:
        """Who reads the mailbox undoes a change, and chooses a password again."""
        self.use("undo", self.system.some_link("sealed_undo", email, number))
        self.system.choose_again(email)

    def use(self, what: str, token: str) -> None:
        """Use a link: whose account moved, and where, is read from identity."""
        before = self.system.addresses()
        self.system.post(f"/identifier-changes/{what}", {"token": token})
        for account, email in self.system.addresses().items():
            if before.get(account) not in (None, email):
                self.has(account, email)

    @rule(email=mailboxes)
    def forget(self, email: str) -> None:
        """« Mot de passe oublié ? »."""
        self.system.post("/password-resets", {"email": email})

    # the bus and the clock

    @precondition(lambda self: self.system.waiting)
    @rule(number=numbers)
    def deliver(self, number: int) -> None:
        """One event arrives, whichever."""
        self.system.deliver(number % len(self.system.waiting))

    @rule()
    def deliver_all(self) -> None:
        """Everything arrives, in order."""
        self.system.settle()

    @rule(hours=st.sampled_from((0, 1, 24, 48)))
    def pass_time(self, hours: int) -> None:
        """Changes lapse, holds end, windows open."""
        self.system.clock.advance(timedelta(hours=hours))
        self.system.minute()

    # what always holds

    @invariant()
    def nobody_has_what_was_not_granted_to_a_mailbox_of_his(self) -> None:
        """Whoever is told to be the beneficiary had the address asked for, proved, when it was asked or later."""
        self.step += 1
        self.system.collect()
        for row in self.system.beneficiaries():
            asked = self.system.asked[row["id"]]
            granted = self.granted.setdefault(row["id"], self.step - 1)
            if row["account_id"]:
                had = self.had.get(row["account_id"], [])
                assert any(email == asked and until > granted for email, _, until in had), (asked, had, row)

    @invariant()
    def one_live_delegation_for_a_person(self) -> None:
        """On any day, of one adhérent."""
        live = Counter((row["adherent_id"], row["account_id"]) for row in self.system.beneficiaries() if is_live(row))
        assert not [key for key, count in live.items() if key[1] and count > 1], live


def is_live(row: Any) -> bool:
    """Neither closed nor refused: in this world nothing has a date de fin."""
    return row["closed_at"] is None and row["refused_at"] is None


def test_nobody_has_an_access_that_was_not_granted_to_a_mailbox_he_proved(tmp_path: Path) -> None:
    system = Driven(tmp_path, FixedClock(START))
    machine = type("Machine", (People,), {})
    machine.before(system)
    try:
        run_state_machine_as_test(machine, settings=settings(stateful_step_count=30))
    finally:
        system.close()

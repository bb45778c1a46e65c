"""What two people, a company, its firm and a caisse may do, whenever, and what always holds: a state machine.

What the machine knows of who proved what comes from the links that were used, and nothing else. Each gesture is one
small rule, which may be refused: a new one is a rule more.
"""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from backbone.clock import paris_day
from tests.service.together.driven import Driven

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BOSS, FIRM = "patron@example.com", "cabinet@example.com"
MAILBOXES = ("anne@example.com", "bruno@example.com")
NOBODY = 10**6
mailboxes, numbers = st.sampled_from(MAILBOXES), st.integers(0, 30)
lasting = st.sampled_from((None, 0, 1, 30))  # days until the date de fin


class People(RuleBasedStateMachine):
    """What people, a company and the caisse may do, whenever."""

    system: Driven
    newest_counts = True

    company: UUID
    boss: UUID
    firm: UUID

    @classmethod
    def before(cls, system: Driven) -> None:
        """A company, its administrator and its firm's; Anne has an account, as the founder of another company."""
        cls.system = system
        cls.company, cls.boss = system.founded(BOSS, 1)
        system.delegate(cls.company, cls.boss, FIRM, administrator=True, rights={})
        system.settle()
        assert system.complete(system.link("invitation", FIRM)).status == 200
        system.settle()
        cls.firm = system.account_of(FIRM)
        (row,) = [row for row in system.rows(cls.company) if row["account_id"] == cls.firm]
        system.act(cls.company, cls.boss, row, "confirmation")
        system.settle()
        system.founded(MAILBOXES[0], 9)
        system.keep()

    @initialize(already=st.sampled_from(("nothing", "two accounts", "a wanted address", "an address left")))
    def begin(self, already: str) -> None:
        """Where a story begins: what is rare by chance is where the faults were."""
        self.system.reset()
        self.step = 0
        self.granted = dict.fromkeys(self.system.asked, 0)
        self.had: dict[UUID, list[list[Any]]] = {}
        for email in (BOSS, FIRM, MAILBOXES[0]):
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

    @rule(email=mailboxes, number=st.integers(2, 3))
    def replace_founder(self, email: str, number: int) -> None:
        """The caisse replaces a founding administrator."""
        self.system.replace_founder(number, email)

    @rule(email=mailboxes, lasts=lasting, by_firm=st.booleans())
    def delegate(self, email: str, lasts: int | None = None, by_firm: bool = False) -> None:
        """The administrator, or the firm's, delegates to an address, for good or until a day."""
        today = paris_day(self.system.clock.now())
        ends_on = None if lasts is None else (today + timedelta(days=lasts)).isoformat()
        days = {"starts_on": today.isoformat(), "ends_on": ends_on}
        answer = self.system.delegate(self.company, self.firm if by_firm else self.boss, email, **days)
        assert answer.status < 500, answer.json

    @rule(
        number=numbers,
        what=st.sampled_from(("confirmation", "refusal", "closing", "invitation")),
        by_firm=st.booleans(),
    )
    def decide(self, number: int, what: str, by_firm: bool = False) -> None:
        """He confirms, refuses, closes, or has somebody invited again; of the firm itself, the company alone."""
        mine = (self.boss, self.firm) if by_firm else (self.boss,)
        rows = [row for row in self.system.rows(self.company) if row["account_id"] not in mine]
        if rows:
            self.system.act(self.company, mine[-1], rows[number % len(rows)], what)

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

    @rule(days=st.sampled_from((3, 31)))
    def pass_days(self, days: int) -> None:
        """Links die, delegations end. What is under way arrives before: a month late it would be parked as too old."""
        self.system.settle()
        self.pass_time(24 * days)

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
    def nobody_is_given_what_he_is_known_to_have_left(self) -> None:
        """What delegation lets people have does not grow by who left the address, as far as it was told."""
        assert not (self.newest_counts and self.system.grown), self.system.grown

    @invariant()
    def one_live_delegation_for_a_person(self) -> None:
        """On any day, of one adhérent."""
        live = [row for row in self.system.beneficiaries() if row["account_id"] and is_live(row)]
        for one, other in combinations(live, 2):
            same = all(one[name] == other[name] for name in ("adherent_id", "account_id"))
            assert not (same and one["starts_on"] <= other["last_day"] and other["starts_on"] <= one["last_day"])

    @invariant()
    def what_the_firm_gave_is_within_what_it_has(self) -> None:
        """On each of its days, and no longer than the firm is there (C10)."""
        rows = {row["id"]: row for row in self.system.beneficiaries()}
        for row in rows.values():
            if row["parent_id"] and is_live(row):
                above = rows[row["parent_id"]]
                assert is_live(above) and above["starts_on"] <= row["starts_on"] <= row["last_day"] <= above["last_day"]


def is_live(row: Any) -> bool:
    """Neither closed nor refused."""
    return row["closed_at"] is None and row["refused_at"] is None

"""Who tries what with the delegations of one company, whenever, and what always holds: a state machine.

An act that is accepted must be one that the model (`lived.py`) allows, and do and tell what the model says; one that is
refused does and tells nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from backbone.clock import PARIS
from tests.service.delegation.lived import COLLEGES, DAY, FOREVER, STRENGTH, Held, Model, Worth
from tests.service.delegation.looked import FOUNDER, MAILBOXES, PEOPLE, Looked

RIGHTS = ("mes_documents", "mes_salaries")
LEVELS = {much: level for level, much in STRENGTH.items()}
# The night that is an hour longer, the end of a year, the night that is an hour shorter.
NOTABLE = (date(2026, 10, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 28))
JUMPS = (
    "a minute",
    "a minute before midnight",
    "midnight",
    "the next turn",
    "a day",
    "nine days",
    "a notable night",
    "its half past two",
)

numbers = st.integers(0, 11)
days = st.sampled_from((-30, -2, -1, 0, 0, 0, 1, 2, 9, 40, *NOTABLE))
ends = st.sampled_from((None, None, None, -1, 0, 1, 2, 9, 30, 90, *NOTABLE))
some_colleges = st.sets(st.sampled_from(COLLEGES), min_size=1).map(sorted)
some_rights = st.dictionaries(st.sampled_from(RIGHTS), st.sampled_from(sorted(STRENGTH)), min_size=1)
terms = st.fixed_dictionaries({"starts": days, "ends": ends, "administrator": st.booleans()}) | st.fixed_dictionaries(
    {"starts": days, "ends": ends, "colleges": some_colleges, "rights": some_rights}
)


class Life(Looked):
    """Who tries what, whenever."""

    @initialize(already=st.lists(st.sampled_from(("cabinet", "adjoint", "commis")), unique=True))
    def begin(self, already: list[str]) -> None:
        """The founder alone, or with some who administer with him: another one, the firm, and its people under it."""
        self.company, self.world = self.ground.anew(), self.ground.world
        self.model = Model({FOUNDER: "Claire Martin", **{f"{one}@example.com": f"P {one}" for one in PEOPLE}})
        row = self.rows()[str(self.company.founder_delegation)]
        all_rights = dict.fromkeys(row["rights"], 2)
        worth = Worth(self.today, FOREVER, True, frozenset(COLLEGES), all_rights)
        day = self.today
        founder = Held(row["id"], FOUNDER, "fondateur", worth, day, completed=day, confirmed=day, known_open=True)
        self.model.put(founder)
        for one in already:
            firm = self.model.holder("cabinet@example.com", day) if one == "commis" else None
            self.brings(
                firm.email if firm else FOUNDER,
                f"{one}@example.com",
                "cabinet" if one == "cabinet" else "collaborateur",
            )

    def brings(self, who: str, to: str, kind: str) -> None:
        """An administrator more."""
        self.delegates_to(who, to, kind, {"starts": 0, "ends": None, "administrator": True})
        self.accepts(0)
        self.answers_one(who, self.one(0), True)

    def somebody(self, number: int) -> str:
        """Who acts: mostly one who administers today, sometimes anybody."""
        serving = self.model.administrators(self.today)
        return serving[number % len(serving)].email if number < 9 and serving else MAILBOXES[number % len(MAILBOXES)]

    def one(self, number: int, *statuses: str) -> Held:
        """One of the delegations, the newest first: mostly one that stands so, sometimes any."""
        held = list(self.model.held.values())
        fit = [one for one in held if number < 9 and self.model.status(one, self.today) in statuses]
        return (fit or held)[-1 - number % len(fit or held)]

    def day(self, asked: int | date | None) -> date | None:
        """A day as the rules draw it."""
        return self.today + timedelta(days=asked) if isinstance(asked, int) else asked

    def body(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent for it."""
        first, last = self.day(asked["starts"]), asked["ends"]
        last = first + timedelta(days=last) if first and isinstance(last, int) else last
        return {
            "starts_on": str(first),
            "ends_on": str(last) if last else None,
            "administrator": asked.get("administrator", False),
            "colleges": asked.get("colleges", list(COLLEGES)),
            "rights": asked.get("rights", {} if asked.get("administrator") else {RIGHTS[0]: "consultation"}),
        }

    def worth(self, body: Mapping[str, Any]) -> Worth:
        """What it is, once accepted."""
        full = self.model.held[str(self.company.founder_delegation)].granted.rights
        last = date.fromisoformat(body["ends_on"]) if body["ends_on"] else FOREVER
        rights = full if body["administrator"] else {code: STRENGTH[level] for code, level in body["rights"].items()}
        first = date.fromisoformat(body["starts_on"])
        return Worth(first, last, body["administrator"], frozenset(body["colleges"]), rights)

    # what people do

    @rule(
        number=numbers, to=st.sampled_from(MAILBOXES), kind=st.sampled_from(("cabinet", "collaborateur")), asked=terms
    )
    def delegates(self, number: int, to: str, kind: str, asked: Mapping[str, Any]) -> None:
        self.delegates_to(self.somebody(number), to, kind, asked)

    def delegates_to(self, who: str, to: str, kind: str, asked: Mapping[str, Any]) -> None:
        """`who` delegates, or is refused."""
        body = self.body(asked)
        answer = self.company.ask(to, as_=self.world.account(who), kind=kind, **body)
        if not self.accepted("delegates", answer.status):
            return
        actor, granted = self.administrator(who), self.worth(body)
        parent = actor.id if actor.of_the_firm else None
        self.owns(actor, granted)
        id = str(answer.json["delegation_id"])
        kind = "cabinet" if parent else kind
        self.model.put(Held(id, to, kind, granted, self.today, parent=parent, grantor=actor.id))
        self.announced([("opened", id)])

    @rule(number=numbers)
    def accepts(self, number: int) -> None:
        """Its person completes his account from the link."""
        one, day = self.one(number, "En attente"), self.today
        if one.id == str(self.company.founder_delegation):
            return
        nom = one.email.partition("@")[0]
        self.world.identify(one.id, one.email, nom=nom, prenom="P")
        if self.model.status(one, day) == "En attente" and one.completed is None:
            one = self.model.put(replace(one, completed=day))
            self.announced([("completed", one.id, sorted(other.email for other in self.model.concerned(one, day)))])
        else:
            self.announced([])

    @rule(number=numbers, which=numbers, yes=st.sampled_from((True, True, True, False)))
    def answers(self, number: int, which: int, yes: bool) -> None:
        self.answers_one(self.somebody(number), self.one(which, "En attente"), yes)

    def answers_one(self, who: str, one: Held, yes: bool) -> None:
        """`who` answers, or is refused."""
        day = self.today
        answer = self.company.act(one.id, "confirmation" if yes else "refusal", as_=self.world.account(who))
        if not self.accepted("answers", answer.status):
            return
        actor = self.manager(who, one)
        assert one.completed and not one.confirmed and one.live and who != one.email
        one = self.model.decided(replace(one, confirmed=day) if yes else replace(one, refused=day), day)
        self.announced([("confirmed" if yes else "refused", one.id, *self.both(actor, one))])

    @rule(number=numbers, which=numbers, asked=terms)
    def changes(self, number: int, which: int, asked: Mapping[str, Any]) -> None:
        self.changes_one(self.somebody(number), self.one(which, "Actif", "À venir"), self.body(asked))

    @rule(number=numbers, which=numbers, last=ends)
    def shortens_or_prolongs(self, number: int, which: int, last: int | date | None) -> None:
        """Another last day, and nothing else."""
        one, end = self.one(which, "Actif", "À venir"), self.day(last)
        was = one.granted
        rights = {} if was.administrator else {code: LEVELS[much] for code, much in was.rights.items()}
        body = {"administrator": was.administrator, "colleges": sorted(was.colleges), "rights": rights}
        body |= {"starts_on": str(was.starts), "ends_on": str(end) if end else None}
        self.changes_one(self.somebody(number), one, body)

    @rule(number=numbers, which=numbers, asked=terms)
    def bounds(self, number: int, which: int, asked: Mapping[str, Any]) -> None:
        """What has something under it is changed."""
        over = [one for one in self.model.held.values() if one.live and self.model.below([one.id])]
        if over:
            self.changes_one(self.somebody(number), over[which % len(over)], self.body(asked))

    def changes_one(self, who: str, one: Held, body: Mapping[str, Any]) -> None:
        """`who` changes it, or is refused."""
        headers = {"If-Match": f'"{self.company.current(one.id)}"'}
        path = f"{self.company.path}/delegations/{one.id}"
        answer = self.ground.under.put(path, json=body, as_=self.world.account(who), headers=headers)
        if not self.accepted("changes", answer.status):
            return
        actor, granted = self.manager(who, one), self.worth(body)
        assert one.confirmed and who != one.email
        self.owns(actor, granted)
        assert self.model.status(one, self.today) != "Suspendue"
        self.change(actor, one, replace(one, granted=granted, grantor=actor.id, suspended=None))

    @rule(number=numbers, which=numbers, last=ends)
    def suspends(self, number: int, which: int, last: int | date | None) -> None:
        self.suspends_one(self.somebody(number), self.one(which, "Actif"), self.day(last) or self.today)

    def suspends_one(self, who: str, one: Held, until: date) -> None:
        """`who` has it open nothing up to a day, or is refused; what was granted is kept."""
        answer = self.company.act(one.id, "suspension", as_=self.world.account(who), until=str(until))
        if not self.accepted("suspends", answer.status):
            return
        actor, worth = self.manager(who, one), self.model.worth(one)
        assert who != one.email and self.model.usable(one, self.today) and self.today <= until < worth.last
        self.change(actor, one, replace(one, suspended=until), "suspension")

    @rule(number=numbers, which=numbers)
    def resumes(self, number: int, which: int) -> None:
        """It opens what was granted again, before its day; what is in force is suspended first."""
        who, one = self.somebody(number), self.one(which, "Suspendue", "Actif")
        if self.model.status(one, self.today) == "Actif":
            self.suspends_one(who, one, self.today + 9 * DAY)
            one = self.model.held[one.id]
        answer = self.company.act(one.id, "resumption", as_=self.world.account(who))
        if not self.accepted("resumes", answer.status):
            return
        actor = self.manager(who, one)
        assert who != one.email and self.model.status(one, self.today) == "Suspendue"
        self.change(actor, one, replace(one, suspended=None), "reprise")

    @rule(number=numbers, which=numbers, last=ends)
    def closes(self, number: int, which: int, last: int | date | None) -> None:
        who, day, end = self.somebody(number), self.today, self.day(last)
        one = self.one(which, "Actif", "À venir", "En attente", "Suspendue")
        sent = {"ends_on": str(end)} if end else {}
        answer = self.company.act(one.id, "closing", as_=self.world.account(who), **sent)
        if not self.accepted("closes", answer.status):
            return
        actor = self.manager(who, one)
        if end and end != day:
            assert self.model.status(one, day) != "Suspendue"
            return self.change(actor, one, replace(one, granted=replace(one.granted, last=end)))
        below = self.model.below([one.id])
        for other in (one, *below):
            self.model.put(replace(other, closed=day))
        follows = [("closed", other.id, "fermeture", self.model.author(actor, other), {}, 0) for other in below]
        self.announced([("closed", one.id, "fermeture", *self.both(actor, one), len(below)), *follows])

    def change(self, actor: Held, was: Held, now: Held, cause: str = "modification") -> None:
        """A decision about `was`, which bounds what is below."""
        before = {one.id: self.model.worth(one) for one in self.model.below([was.id])}
        self.model.decided(now, self.today)
        moved = [one for one in self.model.below([was.id]) if self.model.worth(one) != before[one.id]]
        for one in moved:
            self.model.decided(one, self.today)
        known = [one for one in moved if one.confirmed]
        follows = [("changed", one.id, "delegation_mere", self.model.author(actor, one), {}, 0) for one in known]
        self.announced([("changed", was.id, cause, *self.both(actor, now), len(known)), *follows])

    # what time does

    @rule(jump=st.sampled_from(JUMPS), looks=st.booleans())
    def time_passes(self, jump: str, looks: bool) -> None:
        clock, day = self.ground.clock, self.today
        nights = [one for one in NOTABLE if one > day] or [day + 90 * DAY]
        if jump == "a minute before midnight":
            clock.set(max(clock.now(), datetime.combine(day, time(23, 59), PARIS)))
        elif jump == "midnight":
            clock.set(datetime.combine(day + DAY, time(0), PARIS))
        elif jump == "the next turn":  # the first instant of the day on which something begins or is over
            clock.set(
                datetime.combine(min((one for one in self.turns if one > day), default=day + DAY), time(0), PARIS)
            )
        elif jump == "a notable night":
            clock.set(datetime.combine(nights[0] - DAY, time(23, 59, 59), PARIS))
        elif jump == "its half past two":  # of two the second, or of none the one that never was
            clock.set(datetime.combine(nights[0], time(2, 30, fold=1), PARIS))
        else:
            clock.advance({"a minute": timedelta(minutes=1), "a day": DAY, "nine days": 9 * DAY}[jump])
        if looks:
            self.jobs_run()

    @rule()
    def jobs_run(self) -> None:
        """What the minute does: it closes what is over, and says what began."""
        day, expected = self.today, []
        self.ground.under.run_job("close_ended_delegations")
        ended = self.model.over(day)
        for one in ended:
            self.model.put(replace(one, closed=day))
        for one in ended:
            expected.append(("closed", one.id, "echeance", sorted(o.email for o in self.model.concerned(one, day))))
        self.ground.under.run_job("start_delegations")
        for one in self.model.begins(day):
            expected.append(("started", one.id, sorted(o.email for o in self.model.concerned(one, day))))
        self.announced(expected)
        for name in ("close_ended_delegations", "start_delegations"):
            self.ground.under.run_job(name)
        self.announced([])  # the minute after says nothing again

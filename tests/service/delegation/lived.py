"""A model of its own of the delegations of one company: what each is worth on any day, who administers it, who is told.

It says over again, from the guide and the decisions, what the service computes another way: nothing here calls the
service's domain. What is worth what is asked of the whole chain above each time, never kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

FOREVER = date(9999, 12, 31)
DAY = timedelta(days=1)
LATE = timedelta(days=7)
COLLEGES = ("ouvriers", "etam", "cadres")
STRENGTH = {"consultation": 1, "mise_a_jour": 2}
SOMEBODY = "Un administrateur de l'entreprise"


@dataclass(frozen=True)
class Worth:
    """Days and rights: what somebody granted, or what is left of it under those above."""

    starts: date
    last: date
    administrator: bool
    colleges: frozenset[str]
    rights: Mapping[str, int]

    def under(self, above: "Worth") -> "Worth":
        """What is left of it: never a day, a collège or a right that is not above, too (C10)."""
        return Worth(
            max(self.starts, above.starts),
            min(self.last, above.last),
            self.administrator and above.administrator,
            frozenset(one for one in self.colleges if one in above.colleges),
            {code: min(much, above.rights[code]) for code, much in self.rights.items() if code in above.rights},
        )

    def exceeds(self, above: "Worth") -> list[str]:
        """What is more here than `above`; days are compared where there are any."""
        more = ["administrator"] * (self.administrator and not above.administrator)
        more += sorted(self.colleges - above.colleges)
        more += [code for code, much in self.rights.items() if much > above.rights.get(code, 0)]
        if self.starts <= self.last and not above.starts <= self.starts <= self.last <= above.last:
            more.append("days")
        return more

    def on(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.starts <= day <= self.last


@dataclass(frozen=True)
class Held:
    """One delegation, as it was lived: what was granted, and the day on which each thing happened."""

    id: str
    email: str
    kind: str
    granted: Worth
    opened: date
    parent: str | None = None
    grantor: str | None = None
    completed: date | None = None
    confirmed: date | None = None
    refused: date | None = None
    closed: date | None = None
    last_worth: Worth | None = None  # what it was worth when it was closed or refused: nothing bounds it any more
    suspended: date | None = None  # the last day on which it opens nothing
    known_open: bool = False  # its beneficiary knows that it is open: by a decision, or by the word of its day

    @property
    def of_the_firm(self) -> bool:
        """Its holder is the accounting firm's."""
        return self.kind == "cabinet"

    @property
    def live(self) -> bool:
        """Neither closed nor refused."""
        return self.closed is None and self.refused is None


@dataclass
class Model:
    """The delegations of the company by id, and who its people are: their names by address."""

    names: Mapping[str, str]
    held: dict[str, Held] = field(default_factory=dict)

    # what each is worth

    def worth(self, one: Held) -> Worth:
        """What `one` is worth now."""
        if one.last_worth:
            return one.last_worth
        left = one.granted
        if one.suspended:
            left = replace(left, starts=max(left.starts, one.suspended + DAY))
        return left.under(self.worth(self.held[one.parent])) if one.parent else left

    def status(self, one: Held, day: date) -> str:
        """As lists show it, from its dates and facts alone (G8, T7, C9)."""
        worth = self.worth(one)
        if not one.live or day > worth.last or worth.starts > worth.last:
            return "Inactif"
        if one.confirmed is None:
            return "En attente"
        if day >= worth.starts:
            return "Actif"
        return "Suspendue" if one.suspended and day <= one.suspended else "À venir"

    def usable(self, one: Held, day: date) -> bool:
        """Whether it opens something on `day`."""
        return self.status(one, day) == "Actif"

    # who is who

    def above(self, one: Held) -> Iterator[Held]:
        """What bounds it, nearest first."""
        while one.parent:
            one = self.held[one.parent]
            yield one

    def below(self, ids: Sequence[str]) -> list[Held]:
        """All that is live under these."""
        return [o for o in self.held.values() if o.live and o.id not in ids and any(a.id in ids for a in self.above(o))]

    def holder(self, email: str, day: date) -> Held | None:
        """What the person has in force on `day`."""
        return next((one for one in self.held.values() if one.email == email and self.usable(one, day)), None)

    def administrators(self, day: date) -> list[Held]:
        """Who administers the company on `day`."""
        return [one for one in self.held.values() if self.usable(one, day) and self.worth(one).administrator]

    def own_administrators(self, day: date) -> list[Held]:
        """Those of them that are the company's own: its firm's do not count (M7)."""
        return [one for one in self.administrators(day) if not one.of_the_firm]

    def sees(self, actor: Held, target: Held) -> bool:
        """The company's see all of it; the firm's, their own and what stands under it."""
        return not actor.of_the_firm or target == actor or any(one.id == actor.id for one in self.above(target))

    def concerned(self, one: Held, day: date) -> list[Held]:
        """Who administers `one` on `day`, beside its beneficiary: the company's own, and those above it."""
        over = {other.id for other in self.above(one)}
        serving = [other for other in self.administrators(day) if not other.of_the_firm or other.id in over]
        return [other for other in serving if other.email != one.email]

    # who is told what

    def author(self, actor: Held, reader: Held) -> str:
        """The name that a reader may read: the firm's read none of the company's (K10)."""
        return self.names[actor.email] if actor.of_the_firm or not reader.of_the_firm else SOMEBODY

    def told(self, actor: Held, one: Held, day: date) -> dict[str, str]:
        """The others who administer it, each with the name of who acted as he may read it."""
        others = [other for other in self.concerned(one, day) if other.email != actor.email]
        return {other.email: self.author(actor, other) for other in others}

    # what happens

    def put(self, one: Held) -> Held:
        """Keep it as it now is."""
        if not one.live and not one.last_worth:
            one = replace(one, last_worth=self.worth(one))
        self.held[one.id] = one
        return one

    def decided(self, one: Held, day: date) -> Held:
        """Somebody decided about it on `day` and it was told: if it is open, that is known."""
        return self.put(replace(one, known_open=self.usable(one, day)))

    def begins(self, day: date) -> list[Held]:
        """What opened by its date since the last look, and whose people are to be told; all of it is known from now
        on. What opened more than a week ago is no news."""
        came = [o for o in self.held.values() if o.live and o.confirmed and self.worth(o).starts <= day]
        told = [o for o in came if not o.known_open and self.usable(o, day) and day - self.worth(o).starts <= LATE]
        for one in came:
            self.put(replace(one, known_open=True))
        return told

    def over(self, day: date) -> list[Held]:
        """What ended by its date and is not closed yet."""
        return [one for one in self.held.values() if one.live and self.worth(one).last < day]

    # what must hold

    def faults(self, today: date, days: Sequence[date]) -> Iterator[str]:
        """What is wrong with the whole, on `today` and on each of `days` to come."""
        for one in self.held.values():
            if one.parent and one.live:
                parent = self.held[one.parent]
                yield from (
                    f"{one.id} has more than its parent: {what}" for what in self.worth(one).exceeds(self.worth(parent))
                )
                if not parent.live:
                    yield f"{one.id} outlives its parent"
        for day in (day for day in days if day >= today):
            if not self.own_administrators(day):
                yield f"nobody administers the company on {day}"
        living = [one for one in self.held.values() if one.live]
        for number, one in enumerate(living):
            for other in living[number + 1 :]:
                mine, its = self.worth(one), self.worth(other)
                if one.email == other.email and max(mine.starts, its.starts) <= min(mine.last, its.last):
                    yield f"{one.email} has two at once: {one.id}, {other.id}"

"""The delegations of one company, lived at random beside a model of their own (`lived.py`): administrators, a firm and
its people, days, nights, both changes of the hour and the end of a year, whoever tries what.

After each step: what the service holds is what the model says, no child has more than its parent, somebody administers
the company on every day to come, lists show what the facts say, and what was announced names exactly those concerned,
once; in the end the journal verifies. Short here; `make lived` goes through LIVED= stories.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from backbone.clock import PARIS
from tests.service.delegation.ground import Ground
from tests.service.delegation.lived import DAY
from tests.service.delegation.living import NOTABLE, Life
from tests.service.delegation.looked import FOUNDER

STORIES = int(os.environ.get("LIVED", "12"))
MANY = STORIES > 50  # so many that whatever never happens in them cannot happen


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    ground = Ground(tmp_path_factory.mktemp("lived") / "service.db")
    yield ground
    ground.under.close()


def test_whatever_people_and_nights_do_to_the_delegations_of_a_company(ground: Ground) -> None:
    class Lived(Life):
        pass

    Lived.ground, Lived.tried = ground, Counter()
    limits = settings(
        phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if MANY else [])],
        max_examples=STORIES,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Lived, settings=limits)
    print(f"\n{STORIES} stories: {dict(sorted(Lived.tried.items()))}")
    for what in ("delegates", "answers", "changes", "closes", "suspends", "resumes") if MANY else ():
        assert Lived.tried[f"{what} yes"], f"nobody ever {what}: the stories say nothing"


@pytest.mark.parametrize("night", [date(2026, 10, 22), date(2026, 11, 23), *NOTABLE, date(2027, 3, 29)], ids=str)
def test_a_night_begins_and_ends_what_it_should(ground: Ground, night: date) -> None:
    """What chance seldom draws, told: summer and winter, both changes of the hour, the end of a year."""

    class Told(Life):
        pass

    Told.ground, Told.tried = ground, Counter()
    life = Told()
    life.begin([])
    ground.clock.set(datetime.combine(night - DAY, time(12), PARIS))
    tonight = {"starts": 0, "ends": 0, "administrator": True}
    for to, asked in (("chef@example.com", tonight), ("petite@example.com", {**tonight, "starts": 1, "ends": None})):
        life.delegates_to(FOUNDER, to, "collaborateur", asked)
        life.accepts(0)
        life.answers_one(FOUNDER, life.one(0), True)
    for jump, stands in (("a minute before midnight", ["Actif", "À venir"]), ("midnight", ["Inactif", "Actif"])):
        life.time_passes(jump, False)
        assert [life.model.status(one, life.today) for one in list(life.model.held.values())[1:]] == stands
        for act in (lambda: None, life.jobs_run):  # what the day alone says, then once it was told
            act()
            life.it_is_what_the_model_says()
            life.nothing_is_wrong()
            for _ in range(4):  # the whole list and each of its filters, in turn
                life.seen = ()
                life.lists_say_what_the_facts_say()
    assert life.today == night
    life.teardown()

"""The delegations of one company, lived at random beside a model of their own (`lived.py`): administrators, a firm and
its people, days, nights, both changes of the hour and the end of a year, whoever tries what.

After each step: what the service holds is what the model says, no child has more than its parent, somebody administers
the company on every day to come, lists show what the facts say, and what was announced names exactly those concerned,
once; in the end the journal verifies. Short here; `make lived` goes through LIVED= stories.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.service.delegation.ground import Ground
from tests.service.delegation.living import Life

STORIES = int(os.environ.get("LIVED", "12"))


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
        phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if STORIES > 50 else [])],
        max_examples=STORIES,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Lived, settings=limits)
    print(f"\n{STORIES} stories: {dict(sorted(Lived.tried.items()))}")
    for what in ("delegates", "answers", "changes", "closes", "suspends", "resumes"):
        assert Lived.tried[f"{what} yes"], f"nobody ever {what}: the stories say nothing"

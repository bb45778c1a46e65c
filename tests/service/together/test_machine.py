"""Identity and delegation driven together, in any order: nobody has an access that was not granted to a mailbox of his.

Two people and two mailboxes, a company that delegates, its accounting firm that delegates on, a caisse that names
founders and replaces them, delegations that end, events delivered in any order, and a clock that jumps. What the
machine knows of who proved what comes from the links that were used, and nothing else.
`HYPOTHESIS_PROFILE=long` looks for an hour.
"""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.service.together.people import People


def test_nobody_has_an_access_that_was_not_granted_to_a_mailbox_he_proved(people: type[People]) -> None:
    run_state_machine_as_test(people, settings=settings(stateful_step_count=30))

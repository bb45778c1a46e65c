"""What comes late for a draft that was sent or given up makes no other one (decision 70)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from backbone.testing import Answer, ServiceUnderTest
from tests.service.contact.drafting import add_to, added, discard, draft, draft_id, words, words_in
from tests.service.contact.sending import write
from tests.support.documents import PDF

Make = Callable[..., ServiceUnderTest]
Store = Callable[[], list[Path]]
FIRST = "00000000-0000-0000-0000-000000000000"
ENDS: dict[str, Callable[[ServiceUnderTest, str], Answer]] = {
    "sent": lambda under, which: write(under, pieces=",", draft_id=which),
    "given up": discard,
}


def said(under: ServiceUnderTest) -> tuple[str, int]:
    """What the draft holds."""
    found = draft(under)
    return found["message"], len(found["files"])


@pytest.mark.parametrize("end", ENDS)
def test_what_comes_late_makes_no_other_draft(under: ServiceUnderTest, store: Store, end: str) -> None:
    which = draft_id(under)
    assert which == FIRST
    assert words_in(under, which, "Bonjour").status == 204
    assert ENDS[end](under, which).status in (201, 204)
    for late in (words_in(under, which, "Bonjour, tard"), add_to(under, which, ("a.pdf", PDF))):
        assert (late.status, late.json["code"]) == (409, "brouillon_termine")
    assert (said(under), store()) == (("", 0), [])


@pytest.mark.parametrize("end", ENDS)
def test_the_one_that_is_begun_after_it_is_another_and_stays(under: ServiceUnderTest, end: str) -> None:
    old = draft_id(under)
    ENDS[end](under, old)
    new = draft_id(under)
    assert new != old
    assert words_in(under, new, "Autre question").status == 204
    assert add_to(under, new, ("a.pdf", PDF)).status == 201
    assert discard(under, old).status == 204
    assert words_in(under, old, "Tard").status == 409
    assert (
        write(under, pieces=",", draft_id=old).status == 201
    )  # pressed on the old page: it is sent, and takes nothing
    assert said(under) == ("Autre question", 1)


def test_the_files_of_a_draft_that_is_over_are_not_sent_again(under: ServiceUnderTest) -> None:
    which = draft_id(under)
    pieces = ",".join(added(under, ("a.pdf", PDF)))
    assert write(under, pieces=pieces, draft_id=which).status == 201
    again = write(under, pieces=pieces, draft_id=which)
    assert (again.status, again.json["code"]) == (409, "brouillon_termine")


def test_a_page_of_the_version_before_says_of_no_draft_and_is_served(under: ServiceUnderTest) -> None:
    discard(under)
    assert words(under, "Question", "Bonjour").status == 204
    assert said(under) == ("Bonjour", 0)


def test_what_cannot_be_an_id_is_unreadable(under: ServiceUnderTest) -> None:
    assert add_to(under, "x", ("a.pdf", PDF)).status == 400
    assert words_in(under, "x", "Bonjour").status == 422


def test_an_end_is_forgotten_when_no_page_can_be_older(make: Make) -> None:
    under = make(draft_days=3)
    old = draft_id(under)
    discard(under, old)
    under.clock.advance(timedelta(days=2))
    under.run_job("purge_drafts")
    assert words_in(under, old, "Tard").status == 409
    under.clock.advance(timedelta(days=1))
    under.run_job("purge_drafts")
    assert draft_id(under) == FIRST


def test_at_the_same_moment_one_comes_before_the_other(under: ServiceUnderTest) -> None:
    """Whichever is first: what is left is no draft of the one that ended."""
    for _ in range(5):
        which = draft_id(under)
        late = [Thread(target=words_in, args=(under, which, f"tard {n}")) for n in range(3)]
        for one in late:
            one.start()
        assert discard(under, which).status == 204
        for one in late:
            one.join()
        assert said(under) == ("", 0)

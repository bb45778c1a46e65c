"""A version of what was shown stays as it was: an attestation of years ago says it again (decision 61)."""

import hashlib
import json
from dataclasses import asdict

import pytest

from contracts.words.mandate_texts import CURRENT, VERSIONS, Moment, text_shown

# Each version that was ever shown, by what it said. A new one adds a line; none of these changes.
SAID = {"2026-11-26": "15002c83914f9874"}


@pytest.mark.parametrize("version", SAID)
def test_what_was_shown_never_changes(version: str) -> None:
    plain = json.dumps(asdict(VERSIONS[version]), sort_keys=True, ensure_ascii=False)
    assert hashlib.sha256(plain.encode()).hexdigest()[:16] == SAID[version], "write another version instead."


def test_each_version_is_held_here_and_the_newest_is_shown() -> None:
    assert list(VERSIONS) == list(SAID) == sorted(SAID) and CURRENT == max(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("administrator", [True, False])
@pytest.mark.parametrize("founder", [True, False])
def test_each_moment_has_its_sentence(version: str, moment: str, administrator: bool, founder: bool) -> None:
    said = text_shown(version, moment, "ÉCHO", administrator=administrator, founder=founder)
    assert said and said.endswith(".") and ("ÉCHO" in said) == (moment == Moment.ACCEPTATION)


def test_a_version_that_nobody_knows_has_none() -> None:
    assert text_shown("1999-01-01", Moment.OUVERTURE, "ÉCHO", administrator=False, founder=False) is None

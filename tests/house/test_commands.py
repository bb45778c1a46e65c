"""Each command that docs/operations.md names is there: the process's word, what follows it, its options."""

import re
import shlex

import click
import pytest

from backbone.__main__ import main
from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text()
NAMED = sorted(set(re.findall(r"entrypoint\.sh ([a-z][^`#\n]*)", PAGE)))
STARTED = (ROOT / "entrypoint.sh").read_text()


def test_the_page_names_commands() -> None:
    assert {words.split()[0] for words in NAMED} >= {"parked", "replay", "outbox", "dead", "config"}


@pytest.mark.parametrize("words", NAMED)
def test_a_command_that_an_operator_reads_exists_with_what_follows_it(words: str) -> None:
    first, *rest = shlex.split(words.replace("…", "0190b5a8-0000-7000-8000-000000000001"))
    command = main.commands[first]
    assert re.search(rf"\b{first}\b.*\)\n +exec python", STARTED), f"entrypoint.sh does not know {first}"
    command.make_context(first, ["identity", *rest])  # UsageError for a word or an option that is not there


def test_a_word_that_is_not_there_is_refused() -> None:
    with pytest.raises(click.UsageError):
        main.commands["dead"].make_context("dead", ["identity", "forget"])

"""Each command that docs/operations.md names exists, and a test runs it."""

import ast
import re
import shlex
from functools import cache

import click
import pytest

from backbone.__main__ import main
from services.delegation.commands import COMMANDS as COMMANDS_OF_DELEGATION
from services.dsn.commands import COMMANDS as COMMANDS_OF_DSN
from tests.house.sources import ROOT, python, tree
from tests.support.operations import PAGE, commands

TEXT = PAGE.read_text()
COMMANDS = commands(TEXT)
NAMED = sorted(set(re.findall(r"entrypoint\.sh ([a-z][^`#\n]*)", TEXT)))
STARTED = (ROOT / "entrypoint.sh").read_text()
HERE = "tests/house/test_commands.py"
# Each says why no test runs it.
NOT_RUN = {
    "docker compose": "how commands are given",
    "kubectl exec": "how they are given elsewhere",
    "entrypoint.sh parked": "the same as through docker compose, above it on the page",
    "entrypoint.sh ask delegations": "one half of scripts/reconcile.sh: service/together/test_reconciled",
    "entrypoint.sh reconcile": "the other half of it",
    "git pull": "the operator's own copy",
    "chown 10001 secrets/*": "the operator's own machine",
    "chmod 400 secrets/*": "the operator's own machine; the folder's modes: unit/deployment/test_secrets",
    "chronyc tracking": "the operator's own machine",
    "docker compose logs delegation-worker | grep journal_verified": "once a day: service/delegation/test_sealed",
    "docker stats": "how the page was measured",
    "docker image ls": "how the page was measured",
    "make test-compose": "what runs the tests of the others",
    "docker compose -f docker-compose.yml -f docker-compose.prod.yml up --wait": (
        "needs a certificate and a provider of mail: compose/test_1 reads these files together, edge/ runs the edge's"
    ),
    "docker compose -f docker-compose.yml -f docker-compose.prod.yml --profile antivirus up --wait": (
        "needs a way out to the signatures: compose/test_1 reads these files together, test_6 runs the profile"
    ),
}


@cache
def quoted() -> frozenset[str]:
    """Every text that a test holds as such: a command that it runs, or that it `covers`."""
    trees = [tree(path) for path in python("tests") if str(path) != HERE]
    return frozenset(
        one.value
        for module in trees
        for one in ast.walk(module)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )


def covered() -> set[str]:
    """What tests say that they run in words of their own."""
    calls = [one for path in python("tests") for one in ast.walk(tree(path)) if isinstance(one, ast.Call)]
    return {
        ast.literal_eval(word)
        for one in calls
        if isinstance(one.func, ast.Name) and one.func.id == "covers"
        for word in one.args
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_is_run_by_a_test(command: str) -> None:
    run = command in NOT_RUN or command in quoted()
    assert run, f"no test runs « {command} »: see tests/compose/test_7_operations.py."


def test_what_a_test_covers_is_on_the_page() -> None:
    assert not (gone := (covered() | set(NOT_RUN)) - set(COMMANDS)), f"the page does not name {sorted(gone)} any more."


def test_the_page_names_commands() -> None:
    assert {words.split()[0] for words in NAMED} >= {"parked", "replay", "outbox", "dead", "config"}
    assert len(COMMANDS) > 45


@pytest.mark.parametrize("words", NAMED)
def test_a_command_that_an_operator_reads_exists_with_what_follows_it(words: str) -> None:
    first, *rest = shlex.split(words.replace("…", "0190b5a8-0000-7000-8000-000000000001"))
    command = main.commands[first]
    assert re.search(rf"\b{first}\b.*\)\n +exec python", STARTED), f"entrypoint.sh does not know {first}"
    command.make_context(first, ["identity", *rest])  # UsageError for a word or an option that is not there


def test_what_one_service_alone_can_be_asked_is_there() -> None:
    asked = {words.removeprefix("ask ") for words in NAMED if words.startswith("ask ")}
    known = {*COMMANDS_OF_DSN, *COMMANDS_OF_DELEGATION}
    assert asked and asked <= known, f"a service can be asked {sorted(known)}, not {sorted(asked)}."


def test_a_word_that_is_not_there_is_refused() -> None:
    with pytest.raises(click.UsageError):
        main.commands["dead"].make_context("dead", ["identity", "forget"])

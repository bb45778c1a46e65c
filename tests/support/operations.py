"""The commands of docs/operations.md, and the word by which a test says that it runs one that it does not quote."""

import re
from collections.abc import Callable
from typing import TypeVar

from tests.support.processes import ROOT

PAGE = ROOT / "docs" / "operations.md"
# How a command begins. What begins otherwise between backticks is a name, or a piece of a command: `up --wait`.
BEGINS = re.compile(
    r"(docker|make|git|cp|chown|chmod|kubectl|chronyc|rabbitmqctl|psql|python scripts/\S+|entrypoint\.sh) \S"
    r"|scripts/\S+\.sh\b|SELECT "
)
BLOCK = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
Test = TypeVar("Test", bound=Callable[..., object])


def commands(page: str) -> list[str]:
    """Every command that `page` names, in its blocks and within its sentences, each once, in order."""
    blocks = [line for block in BLOCK.findall(page) for line in _lines(block)]
    sentences = re.findall(r"`([^`\n]+)`", BLOCK.sub("", page))
    said = [part.strip() for line in (*blocks, *sentences) for part in line.split(" && ")]
    return list(dict.fromkeys(one for one in said if BEGINS.match(one)))


def covers(*_commands: str) -> Callable[[Test], Test]:
    """This test, or what it stands on, runs these commands of the page in words of its own."""
    return lambda test: test


def _lines(block: str) -> list[str]:
    """Without what is said about them."""
    return [re.sub(r" +#.*", "", line) for line in block.splitlines()]

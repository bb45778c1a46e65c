"""The statements that an act sends to a database: what is the same work for two requests takes the same time."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Engine


def built(engine: Engine, act: Callable[[], object]) -> list[object]:
    """The statements that `act` makes `engine` execute, as objects: those that are built once are the same again."""
    seen: list[object] = []

    def note(*call: object) -> None:
        seen.append(call[1])

    sa.event.listen(engine, "before_execute", note)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_execute", note)
    return seen


def statements(engine: Engine, act: Callable[[], object]) -> list[str]:
    """What `act` makes `engine` send, in order."""
    seen: list[str] = []

    def note(*call: object) -> None:
        seen.append(str(call[2]))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return seen

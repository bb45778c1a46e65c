"""Declarations of unknown establishments, for the caisse's systems."""

from typing import Any

from backbone.web import machine, page_of, perform, query
from contracts.words.services import DSN_WRITE
from services.dsn.api.machine_schemas import QuarantineArgs, QuarantinePageSchema, ReleasedSchema
from services.dsn.api.routes import blp
from services.dsn.queries.quarantine import quarantine
from services.dsn.use_cases.replay_quarantine import ReplayQuarantine, replay_quarantine


@blp.get("/quarantine")
@machine(DSN_WRITE)
@blp.arguments(QuarantineArgs, location="query")
@blp.response(200, QuarantinePageSchema)
def list_quarantine(args: dict[str, Any]) -> dict[str, Any]:
    """The declarations whose establishment is not known, the oldest first."""
    items, total = query(quarantine, **args)
    return page_of(items, total, args["page"], args["page_size"])


@blp.post("/quarantine/replay")
@machine(DSN_WRITE)
@blp.response(200, ReleasedSchema)
def post_replay() -> dict[str, int]:
    """Judge at once those whose establishment is known by now."""
    released: dict[str, int] = perform(replay_quarantine, ReplayQuarantine())
    return released

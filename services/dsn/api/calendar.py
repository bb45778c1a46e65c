"""The due dates that the caisses move."""

from typing import Any

from backbone.web import machine, page_of, perform, query
from contracts.words.services import DSN_WRITE
from services.dsn.api.machine_schemas import DueDatesArgs, DueDatesPageSchema, DueDatesSchema, MovedSchema
from services.dsn.api.routes import blp
from services.dsn.domain.overrides import DueDates
from services.dsn.domain.periods import Period
from services.dsn.queries.due_dates import due_dates
from services.dsn.use_cases.set_due_dates import SetDueDates, set_due_dates


@blp.post("/calendar")
@machine(DSN_WRITE)
@blp.arguments(DueDatesSchema)
@blp.response(200, MovedSchema)
def post_due_dates(body: dict[str, Any]) -> dict[str, int]:
    """Move due dates of a caisse, or give them back to the calendar: its sites are judged again."""
    moved: dict[str, int] = perform(set_due_dates, SetDueDates([_said(**body)]))
    return moved


def _said(periode: str | None, **said: Any) -> DueDates:
    return DueDates(period=Period.parse(periode) if periode else None, **said)


@blp.get("/calendar")
@machine(DSN_WRITE)
@blp.arguments(DueDatesArgs, location="query")
@blp.response(200, DueDatesPageSchema)
def list_due_dates(args: dict[str, Any]) -> dict[str, Any]:
    """The due dates that were moved, the newest month first."""
    items, total = query(due_dates, **args)
    return page_of(items, total, args["page"], args["page_size"])

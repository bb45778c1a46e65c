"""A month of a site with everything that explains it: what people and the caisse's systems are both told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.dsn.domain import wording
from services.dsn.domain.advice import advice
from services.dsn.domain.evaluation import current_period, evaluate
from services.dsn.domain.explanation import weighed
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience
from services.dsn.domain.timeline import Point, Told, timeline
from services.dsn.queries.month_line import month_line
from services.dsn.storage import alerts, declarations, sites
from services.dsn.storage.facts import facts_of


def read_period(written: str) -> Period:
    """The month of an address. NotFound for what is none."""
    try:
        return Period.parse(written)
    except ValueError:
        raise NotFound from None


def explained(connection: Connection, row: Any, period: Period, now: datetime, patience: Patience) -> dict[str, Any]:
    """`period` of the site of `row`, judged and explained at `now`. NotFound for a month that is none of its own."""
    life = sites.lives_of(connection, [row], patience)[row.site_id]
    facts = facts_of(connection, [row.siret])[row.siret]
    history = alerts.history_of(connection, row.site_id, period)
    if not (period in facts.periods or history or (life.covers(period) and period <= current_period(now))):
        raise NotFound
    month = evaluate(life, facts, now, patience, [period]).months[period]
    mine = facts.deposits.get(period, [])
    counted, ignored = weighed(month, mine, facts.publications, life.fund_code)
    warnings = declarations.warnings_of(connection, [one.identity for one in mine])
    points = timeline(Told(counted, ignored, warnings, history), life, period, patience)
    todo = advice(month, life, patience, now)
    return {
        **month_line(month, alerts.alive_of(connection, row.site_id).get(period)),
        "rule": month.rule,
        "rule_text": wording.rule(month.rule),
        "advice": list(todo.sentences),
        "act_before": todo.until,
        "declarant_mismatch": month.declarant_mismatch,
        "answer_overdue": month.answer_overdue,
        "timeline": [_point(one) for one in points],
        "counted": _facts(points, counts=True),
        "ignored": _facts(points, counts=False),
    }


def _facts(points: Iterable[Point], *, counts: bool) -> list[dict[str, Any]]:
    return [_point(one) for one in points if one.counts is counts]


def _point(one: Point) -> dict[str, Any]:
    return {
        "at": one.at,
        "what": str(one.what),
        "title": one.title,
        "details": list(one.details),
        "counts": one.counts,
        "why": one.why,
        "rule": one.rule,
    }

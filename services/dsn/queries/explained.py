"""A month of a site with everything that explains it: what people and the caisse's systems are both told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.dsn.domain import wording
from services.dsn.domain.advice import advice
from services.dsn.domain.alert import statuses
from services.dsn.domain.crm import Crm
from services.dsn.domain.crm_returns import Return
from services.dsn.domain.evaluation import current_period, evaluate
from services.dsn.domain.explanation import weighed
from services.dsn.domain.facts import Fact
from services.dsn.domain.periods import Period
from services.dsn.domain.rubrics import label
from services.dsn.domain.timeline import Point, Told, timeline
from services.dsn.queries.month_line import month_line
from services.dsn.queries.site_alerts import Asked, alert_item
from services.dsn.storage import alerts, declarations, sites
from services.dsn.storage.answers import returns_of_flows
from services.dsn.storage.facts import facts_at

# Of one answer, the worst first: an organism may send two thousand, which nobody reads on a page.
MOST_RETURNS_SHOWN = 100


def read_period(written: str) -> Period:
    """The month of an address. NotFound for what is none."""
    try:
        return Period.parse(written)
    except ValueError:
        raise NotFound from None


def explained(connection: Connection, row: Any, period: Period, asked: Asked) -> dict[str, Any]:
    """`period` of the site of `row` (with `MOVED` and `KNOWN`), judged and explained. NotFound for a month that is
    none of its own."""
    now, patience = asked.now, asked.patience
    life, facts = sites.life_at(connection, row, patience), facts_at(connection, row)
    history = alerts.history_of(connection, row.site_id, period)
    if not (period in facts.periods or history or (life.covers(period) and period <= current_period(now))):
        raise NotFound
    month = evaluate(life, facts, now, patience, [period]).months[period]
    mine = facts.deposits.get(period, [])
    counted, ignored = weighed(month, mine, facts.publications, life.fund_code)
    warnings = declarations.warnings_of(connection, [one.identity for one in mine])
    told = Told(counted, ignored, warnings, history, _returns(connection, (*counted, *(one.fact for one in ignored))))
    points = [_point(one, asked.account_id) for one in timeline(told, life, period, patience)]
    alive = alerts.alive_in(connection, row.site_id, period)
    todo = advice(month, life, patience, now)
    return {
        **month_line(month, statuses(alive).get(period)),
        "rule": month.rule,
        "rule_text": wording.rule(month.rule),
        "advice": list(todo.sentences),
        "act_before": todo.until,
        "declarant_mismatch": month.declarant_mismatch,
        "answer_overdue": month.answer_overdue,
        "alerts": [alert_item(one, asked.account_id, now, patience) for one in alive],
        "timeline": points,
        "counted": [one for one in points if one["counts"] is True],
        "ignored": [one for one in points if one["counts"] is False],
    }


def _returns(connection: Connection, facts: Iterable[Fact]) -> Mapping[Crm, Sequence[Return]]:
    """What the answers among `facts` say in detail."""
    return returns_of_flows(connection, {(one.flow_id, one.flow_rank) for one in facts if isinstance(one, Crm)})


def _point(one: Point, account_id: UUID | None) -> dict[str, Any]:
    return {
        "at": one.at,
        "what": str(one.what),
        "title": one.title,
        "details": list(one.details),
        "counts": one.counts,
        "why": one.why,
        "rule": one.rule,
        "by": one.by,
        "mine": one.by is not None and one.by == account_id,
        "returns": [_return(each) for each in one.returns[:MOST_RETURNS_SHOWN]],
        "more_returns": max(0, len(one.returns) - MOST_RETURNS_SHOWN),
    }


def _return(one: Return) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "rubric": one.rubric,
        "rubric_label": label(one.rubric),
        "count": one.count,
    }

"""A month as a line of the Suivi DSN tells it, whatever question it answers."""

from typing import Any

from services.dsn.domain.alerts import AlertStatus
from services.dsn.domain.calendar import contribution_due_on
from services.dsn.domain.messages import ACTION
from services.dsn.domain.month import Month


def month_line(month: Month, status: AlertStatus | None) -> dict[str, Any]:
    """What a line shows of `month`, whose alert that is not over stands at `status`."""
    wanted = month.alert is not None and not month.alert.in_correction
    return {
        "periode": str(month.period),
        "label": month.period.label,
        "state": month.state,
        "state_label": month.label,
        "due_at": month.due_at,
        "contribution_due_on": contribution_due_on(month.period),
        "received_at": month.received_at,
        "late": month.late,
        "type": month.type_label,
        "effectif": month.individuals,
        "anomalies": month.errors,
        "alert": month.alert.kind.label if month.alert else None,
        "alert_status": status,
        "action": ACTION if wanted else None,
    }

"""How a service says no, in the format that all share."""

from typing import Any


def refusal(status: int, code: str, detail: str = "", *errors: tuple[str, str], **headers: str) -> tuple[Any, ...]:
    """A problem as a service answers it; errors are (field, message)."""
    listed = [{"field": name, "code": code, "message": message} for name, message in errors]
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail, "errors": listed}
    waits = {"Retry-After": "60"} if status in (429, 503) else {}
    said = {name.replace("_", "-").title(): value for name, value in headers.items()}
    kind = {"Content-Type": "application/problem+json"}
    return status, {**body, "instance": "requete-1"}, {**kind, **waits, **said}

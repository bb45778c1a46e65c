"""The answers of a caisse as JSON lines (our own form: the real one is published nowhere). See docs/dsn.md."""

from backbone.strict_json import loads
from services.dsn.domain.crm_reading import CrmRead, crm_from


def crm_of(line: str) -> CrmRead:
    """The answer on `line`; ValueError when it is not one."""
    return crm_from(loads(line.encode()))

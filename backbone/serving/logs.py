"""Logs: one JSON line an event on standard output, with ids and never with personal data or a secret.

Code logs through the standard library (`logging.getLogger(__name__)`, details in `extra`); structlog renders.
"""

import logging
import re
import sys
from functools import lru_cache
from typing import IO, Any

import structlog

from backbone.metrics import CountLines

SECRET_NAMES = ("session", "code_sms")
SECRET_PARTS = ("email", "password", "mot_de_passe", "token", "secret", "telephone", "sealed")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
SHORTEST_TOKEN = 43
LONG_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{SHORTEST_TOKEN},}}")


def configure(service: str, level: str = "INFO", stream: IO[str] | None = None) -> None:
    """Send every log of the process to `stream` (standard output) as JSON lines that name `service`.

    Lines of the logger « security » are counted besides, by event (`espace_security_lines_total`), printed or not:
    alerts are computed on these counts, and a quiet log must not blind them.
    """
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            lambda _logger, _name, line: redact({"service": service, **line}),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(formatter)
    handler.setLevel(level)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    security = logging.getLogger("security")
    security.handlers[:] = [CountLines(service)]
    security.setLevel(logging.INFO)
    for noisy in ("alembic", "httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def redact(line: dict[str, Any]) -> dict[str, Any]:
    """`line` without what must not be read in a log: named secrets, addresses, anything as long as a token."""
    return {name: "***" if _secret(str(name)) else _clean(value) for name, value in line.items()}


@lru_cache(maxsize=512)
def _secret(name: str) -> bool:
    return name in SECRET_NAMES or any(part in name for part in SECRET_PARTS)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        shown = EMAIL.sub("***", value) if "@" in value else value
        return LONG_TOKEN.sub("***", shown) if len(shown) >= SHORTEST_TOKEN else shown
    if isinstance(value, dict):
        return redact(value)
    return [_clean(one) for one in value] if isinstance(value, (list, tuple)) else value

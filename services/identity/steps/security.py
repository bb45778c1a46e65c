"""The security log, in OWASP's vocabulary: who (an id, or a digest of what was typed), never a secret or an address."""

import logging
from typing import Any

from contracts.words.acts import Act

log = logging.getLogger("security")

LOGIN_SUCCESS = Act.LOGIN
LOGIN_FAIL = Act.LOGIN_REFUSED
LOGIN_LOCK = Act.LOGIN_LOCKED
TOKEN_REUSE = "authn_token_reuse"  # noqa: S105  (a word of the vocabulary)
TOKEN_CREATED = "authn_token_created"  # noqa: S105
TOKEN_REVOKED = "authn_token_revoked"  # noqa: S105
PASSWORD_CHANGE = Act.PASSWORD_CHANGED
PASSWORD_FAIL = Act.PASSWORD_REFUSED
SMS_SENT = Act.CODE_SENT
SMS_FAIL = Act.CODE_REFUSED
SMS_BRAKED = "authn_mobile_code_braked"
RATE_EXCEEDED = "excess_rate_limit_exceeded"
USER_CREATED = Act.OPENED
USER_UPDATED = Act.CONTACT_CHANGED
DELEGATION_ACCEPTED = Act.ACCEPTED


def note(event: str, *, failed: bool = False, **details: Any) -> None:
    """One line: a warning when it went wrong, information else."""
    shown = {name: value if isinstance(value, int) else str(value) for name, value in details.items()}
    log.log(logging.WARNING if failed else logging.INFO, event, extra=shown)

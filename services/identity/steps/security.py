"""The security log, in OWASP's vocabulary: who (an id, or a digest of what was typed), never a secret or an address."""

import logging
from typing import Any

log = logging.getLogger("security")

LOGIN_SUCCESS = "authn_login_success"
LOGIN_FAIL = "authn_login_fail"
LOGIN_LOCK = "authn_login_lock"
TOKEN_REUSE = "authn_token_reuse"  # noqa: S105  (a word of the vocabulary)
TOKEN_CREATED = "authn_token_created"  # noqa: S105
TOKEN_REVOKED = "authn_token_revoked"  # noqa: S105
PASSWORD_CHANGE = "authn_password_change"  # noqa: S105
PASSWORD_FAIL = "authn_password_change_fail"  # noqa: S105
SMS_SENT = "authn_mobile_code_sent"
SMS_BRAKED = "authn_mobile_code_braked"
RATE_EXCEEDED = "excess_rate_limit_exceeded"
USER_CREATED = "user_created"
USER_UPDATED = "user_updated"
DELEGATION_ACCEPTED = "delegation_accepted"


def note(event: str, *, failed: bool = False, **details: Any) -> None:
    """One line: a warning when it went wrong, information else."""
    shown = {name: value if isinstance(value, int) else str(value) for name, value in details.items()}
    log.log(logging.WARNING if failed else logging.INFO, event, extra=shown)

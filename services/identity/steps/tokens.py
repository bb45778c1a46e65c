"""The short-lived token of a live session: who, which session, how and when authenticated; never a right (C9)."""

from datetime import datetime
from typing import Any

from contracts.words.services import PEOPLE
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Signer
from services.identity.domain.session import Session


def answer(session: Session, account: Any, now: datetime, lifetimes: Lifetimes, signer: Signer) -> dict[str, Any]:
    """A token and what the pages show of the account (`account`: a row with its columns and `previous_login_at`)."""
    expiry = session.token_expiry(now, lifetimes)
    return {
        "access_token": signer.sign(_claims(session, now, expiry)),
        "expires_in": int((expiry - now).total_seconds()),
        "session_expires_at": session.expires_at.isoformat(),
        "account": {
            "account_id": str(account.account_id),
            "email": account.email,
            "nom": account.nom,
            "prenom": account.prenom,
            "previous_login_at": account.previous_login_at.isoformat() if account.previous_login_at else None,
        },
    }


def _claims(session: Session, now: datetime, expiry: datetime) -> dict[str, Any]:
    issued = int(now.timestamp())
    return {
        "aud": list(PEOPLE),
        "sub": str(session.account_id),
        "sid": str(session.session_id),
        "amr": ["pwd"],
        "auth_time": int(session.authenticated_at.timestamp()),
        "iat": issued,
        "nbf": issued,
        "exp": int(expiry.timestamp()),
    }

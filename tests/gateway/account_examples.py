"""What identity answers about an account to its owner: sessions, what was done with it."""

from typing import Any

SESSIONS = [
    {
        "session_id": f"01930000-0000-7000-8000-0000000050{number}0",
        "created_at": f"2026-11-23T0{8 - number}:30:00+00:00",
        "seen_at": "2026-11-23T08:59:00+00:00",
        "expires_at": "2026-11-23T16:30:00+00:00",
        "current": number == 1,
        "browser": browser,
        "address": address,
    }
    for number, browser, address in (
        (1, "Firefox sur Windows", "203.0.113.x"),
        (2, "Safari sur iPhone", "2001:db8:1:x"),
        (3, None, None),
    )
]
OLDER = "01930000-0000-7000-8000-0000000060a0"
ACTIVITY = {
    "items": [
        {"act": act, "at": f"2026-11-23T0{8 - number}:30:00+00:00", "browser": browser, "address": address}
        for number, (act, browser, address) in enumerate(
            (
                ("authn_login_success", "Firefox sur Windows", "203.0.113.x"),
                ("authn_login_fail", "Navigateur non reconnu", "198.51.100.x"),
                ("user_suspended", None, None),
            )
        )
    ],
    "next": OLDER,
}
ANSWERS: dict[str, Any] = {
    "GET /account/activity": (200, ACTIVITY),
    "GET /account/sessions": (200, {"items": SESSIONS, "page": 1, "page_size": 25, "total": len(SESSIONS)}),
    **{f"POST /account/sessions/{one['session_id']}/end": (204, None) for one in SESSIONS},
    "POST /account/sessions/end-others": (204, None),
    "POST /account/mobile/code": (202, {"masked": "06 •• •• •• 01"}),
    "POST /account/mobile/certification": (204, None),
}

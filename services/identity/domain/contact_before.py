"""The contact data that an account had when a change of its identifiant was asked for, and has again once that is
undone (T5): who asked for it knew the password, and may have typed a number, or certified one, that is his own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.identity.domain.account import Account

NAMES = ("nom", "prenom", "telephone_fixe", "telephone_mobile")
CERTIFIED = "mobile_certified_at"


def contact_of(account: Account) -> dict[str, str | None]:
    """What is kept of it, in plain JSON."""
    certified = account.mobile_certified_at
    return {**{name: getattr(account, name) for name in NAMES}, CERTIFIED: certified and certified.isoformat()}


def contact_before(kept: Mapping[str, str | None] | None, account: Account, since: datetime) -> dict[str, Any]:
    """What the account has again, of what it has not now. `kept` None: the version before asked, which kept nothing;
    then only a number that was certified before is known to be its owner's."""
    if kept is None:
        certified = account.mobile_certified_at
        theirs = certified is not None and certified < since
        former: dict[str, Any] = {"telephone_fixe": None}
        former |= {} if theirs else {"telephone_mobile": None, CERTIFIED: None}
    else:
        at = kept[CERTIFIED]
        former = {**{name: kept[name] for name in NAMES}, CERTIFIED: datetime.fromisoformat(at) if at else None}
    return {name: value for name, value in former.items() if getattr(account, name) != value}

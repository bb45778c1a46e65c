"""What a person used by his rights on a day, as dsn and contact say it: at most once a person, adhérent, code and day
(docs/decisions/0064). Days are a set and the last is the greatest, so order does not matter."""

from typing import Any

from marshmallow import Schema, fields, validate

from contracts.examples import ACCOUNT_ID, ADHERENT
from contracts.fields import WORD, required
from contracts.words.uses import CODES

MOST = validate.Length(1, len(CODES))


class UseData(Schema):
    """Who used what of which adhérent, on which day in Paris, and the instant of the first of them that day. Ids alone:
    nothing of what was read or written. A code that its reader does not know is not kept."""

    use_id = required(fields.UUID)
    adherent_id = required(fields.UUID)
    account_id = required(fields.UUID)
    codes = required(fields.List, cls_or_instance=fields.Str(validate=WORD), validate=MOST)
    day = required(fields.Date)
    at = required(fields.AwareDateTime)


def use_example(*codes: str) -> dict[str, Any]:
    """An example of one."""
    return {
        "use_id": "01930000-0000-7000-8000-0000000000f5",
        "adherent_id": ADHERENT["adherent_id"],
        "account_id": ACCOUNT_ID,
        "codes": list(codes),
        "day": "2026-11-23",
        "at": "2026-11-23T09:00:00+00:00",
    }

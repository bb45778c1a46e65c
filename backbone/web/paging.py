"""Lists and versions over HTTP: `{items, page, page_size, total}`, and ETag with If-Match for what people edit."""

import re
from collections.abc import Sequence
from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, fields, validate

from backbone.errors import Malformed, Stale, VersionRequired


class VersionMissing(VersionRequired):
    """A change must say which version it was made from."""

    slug = "version_requise"
    detail = "La version modifiée doit être indiquée. Rechargez la page."


class VersionUnreadable(Malformed):
    """An If-Match we never gave."""

    slug = "version_illisible"
    detail = "La version indiquée est illisible. Rechargez la page."


class VersionStale(Stale):
    """Somebody else changed it in between (AA52); `detail` may say who and when."""

    slug = "version_perimee"
    detail = "Ces informations ont été modifiées entre-temps. Rechargez la page."


class PlainInt(fields.Integer):
    """A whole number of a query in plain digits: int() also takes « ٣ », « 1_0 » and « +1 », other readers do not."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not re.fullmatch("-?[0-9]{1,18}", str(value)):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class PageArgs(Schema):
    """`page` from 1, `page_size` within its bounds."""

    class Meta:
        """An unknown query parameter is ignored."""

        unknown = EXCLUDE


def page_args(*, default: int = 25, largest: int = 100, **extra: fields.Field[Any]) -> type[Schema]:
    """The query arguments of a list, with `extra` filters of its own. 422 outside of the bounds (C11)."""
    bounds = {
        "page": PlainInt(load_default=1, validate=validate.Range(1, 1_000_000)),
        "page_size": PlainInt(load_default=default, validate=validate.Range(1, largest)),
    }
    return type("ListArgs", (PageArgs,), {**bounds, **extra})


def page_schema(item: type[Schema]) -> type[Schema]:
    """The schema of a page of `item`."""
    shape: dict[str, Any] = {
        "items": fields.List(fields.Nested(item)),
        "page": fields.Int(),
        "page_size": fields.Int(),
        "total": fields.Int(),
    }
    return type(f"{item.__name__}Page", (Schema,), shape)


def page_of(items: Sequence[Any], total: int, page: int, page_size: int) -> dict[str, Any]:
    """One page of a list."""
    return {"items": items, "page": page, "page_size": page_size, "total": total}


def etag(version: int) -> dict[str, str]:
    """The header that names `version`."""
    return {"ETag": f'"{version}"'}


def require_version() -> int:
    """The version in If-Match. VersionMissing (428) without one, VersionUnreadable (400) if it is not ours."""
    given = request.headers.get("If-Match")
    if given is None:
        raise VersionMissing
    found = re.fullmatch(r'(?:W/)?"(\d{1,9})"', given.strip())
    if not found:
        raise VersionUnreadable
    return int(found.group(1))

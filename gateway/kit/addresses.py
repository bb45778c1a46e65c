"""Addresses of pages, written quickly: a list has as many as it has cells, and each page near a hundred.

What Flask would write, to the letter (`tests/gateway/test_addresses.py`): of a page whose address holds ids alone, the
words between them are found out once; whatever else there is, Flask writes.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask, has_request_context, request

ID = re.compile(r"<uuid:(\w+)>")
PLAIN = "!$'()*,/:;?@"  # what werkzeug leaves as it is in a query
WORDS = (str, int, UUID)


class Addressed(Flask):
    """Flask, whose `url_for` knows the addresses that it wrote before."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._writers: dict[str, tuple[Callable[..., str], frozenset[str]] | None] = {}

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """See Flask."""
        found = self._quick(endpoint, values) if has_request_context() and not request.script_root else None
        return found if found is not None else super().url_for(endpoint, **values)

    def _quick(self, endpoint: str, values: dict[str, Any]) -> str | None:
        """The address; None where Flask is to write it."""
        if endpoint[:1] == ".":
            endpoint = f"{request.blueprint}{endpoint}" if request.blueprint else endpoint[1:]
        known = self._writers[endpoint] if endpoint in self._writers else self._learn(endpoint)
        if known is None:
            return None
        write, ids = known
        said = dict(values)
        self.inject_url_defaults(endpoint, said)
        given = {name: said.pop(name, None) for name in ids}
        asked = {name: value for name, value in said.items() if value is not None}
        if any(type(one) is not UUID for one in given.values()):
            return None
        if any(name[:1] == "_" or type(value) not in WORDS for name, value in asked.items()):
            return None
        path = write(**given)
        return f"{path}?{urlencode(asked, safe=PLAIN)}" if asked else path

    def _learn(self, endpoint: str) -> tuple[Callable[..., str], frozenset[str]] | None:
        rules = list(self.url_map.iter_rules(endpoint)) if endpoint in self.view_functions else []
        text = rules[0].rule if len(rules) == 1 else "<"
        plain = ID.sub("", text)
        quick = not (set("<>{}%") & set(plain)) and plain.isascii() and not rules[0].defaults
        found = (ID.sub(r"{\1}", text).format, frozenset(ID.findall(text))) if quick else None
        self._writers[endpoint] = found
        return found

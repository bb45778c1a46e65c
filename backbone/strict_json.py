"""One JSON reader for the edge and the bus (C2, ASVS 1.5.3): what two parsers could read differently is refused."""

import json
import math
import re
from typing import Any

MAX_DEPTH = 32
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotStrict(ValueError):
    """The bytes are not JSON as we accept it; the message says why, without the content."""


def loads(body: bytes) -> Any:
    """The value in `body` (UTF-8). NotStrict for bad UTF-8 or JSON, duplicate keys, NaN or Infinity, a NUL character,
    a lone surrogate, or more than 32 levels."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrict("not UTF-8") from error
    if _depth(text) > MAX_DEPTH:
        raise NotStrict("too deep")
    try:
        value = _whole(text.strip(" \t\r\n"))
    except NotStrict:
        raise
    except (ValueError, RecursionError) as error:
        raise NotStrict("not JSON") from error
    if "\\u" in text or "\0" in text:
        _check_text(value)
    return value


def _whole(text: str) -> Any:
    """The one value in `text`; `JSONDecoder.decode` looks for the white space around it by a slower way."""
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError("more than one value")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotStrict("duplicate key")
    return result


def _refuse_constant(name: str) -> Any:
    raise NotStrict(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise NotStrict("a number too large")
    return number


# Made once: json.loads with these arguments makes one for each call.
_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)


def _depth(text: str) -> int:
    """The deepest nesting, without parsing: brackets inside strings are skipped."""
    depth = deepest = 0
    in_string = escaped = False
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise NotStrict("NUL character")
        if _SURROGATE.search(value):
            raise NotStrict("lone surrogate")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)

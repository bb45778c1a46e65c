"""Small changes of files that are there: each finds its place in the syntax. LookupError when it cannot."""

import ast
import re


def _after(text: str, number: int, addition: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:number], addition.rstrip("\n") + "\n", *lines[number:]])


def import_line(text: str, line: str) -> str:
    """`text` with one more import; ruff puts it in its place."""
    if line in text.splitlines():
        return text
    last = [one for one in ast.parse(text).body if isinstance(one, (ast.Import, ast.ImportFrom))]
    if not last:
        raise LookupError("no import")
    return _after(text, last[-1].end_lineno or 0, line)


def _value(text: str, name: str) -> ast.expr:
    for one in ast.parse(text).body:
        targets = one.targets if isinstance(one, ast.Assign) else [one.target] if isinstance(one, ast.AnnAssign) else []
        if any(isinstance(target, ast.Name) and target.id == name for target in targets) and one.value:  # type: ignore[union-attr]
            return one.value  # type: ignore[union-attr]
    raise LookupError(f"no {name}")


def item(text: str, name: str, added: str) -> str:
    """`text` with one more item at the end of the first tuple, list or dictionary of more than one line in `name`."""
    for found in ast.walk(_value(text, name)):
        parts = found.values if isinstance(found, ast.Dict) else getattr(found, "elts", [])
        if parts and found.end_lineno != found.lineno:  # type: ignore[attr-defined]
            return _after(text, parts[-1].end_lineno, f"    {added},")
    raise LookupError(f"{name} is no list of several lines")


def before(text: str, name: str, block: str) -> str:
    """`text` with a block before the assignment of `name`, and before the comment that stands on it."""
    lines = text.splitlines(keepends=True)
    starts = [at for at, line in enumerate(lines) if re.match(rf"{name}\b.*=", line)]
    if not starts:
        raise LookupError(f"no {name}")
    made = re.match(r"def \w+\(", block)
    if made and made[0] in text:
        raise LookupError(f"there is a {made[0]}) already")
    at = starts[0]
    while at and lines[at - 1].startswith("#"):
        at -= 1
    return "".join([*lines[:at], block.rstrip("\n") + "\n\n\n", *lines[at:]])


def last_row(text: str, row: str) -> str:
    """A page of tables with one more row at the end of its last table."""
    rows = [at for at, line in enumerate(text.splitlines(), 1) if line.startswith("|")]
    if not rows:
        raise LookupError("no table")
    return _after(text, rows[-1], row)

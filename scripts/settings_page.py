"""Write docs/settings.md from the settings dataclasses: every ESPACE_ variable, by who reads it. `make docs`."""

import importlib
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from backbone.shape.config import PREFIX, BaseSettings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"
READERS = (
    "services.identity",
    "services.delegation",
    "services.notification",
    "services.dsn",
    "services.contact",
    "gateway",
)
INTRODUCTION = """# Settings
Made from the code by `make docs`; do not edit. A setting is an environment variable; a secret is best given as a file,
by adding `_FILE` to its name. What is missing, unreadable or unknown is said in one sentence before anything starts.
`python -m backbone config SERVICE` prints what is in force, secrets masked.
"""
HEAD = "| variable | default | what it says |\n| --- | --- | --- |\n"


def page() -> str:
    """The whole page."""
    common = {item.name for item in fields(BaseSettings)}
    parts = [INTRODUCTION, "## Every service\n" + HEAD + "".join(map(_row, fields(BaseSettings)))]
    for reader in READERS:
        settings: Any = importlib.import_module(f"{reader}.settings").Settings
        own = [item for item in fields(settings) if item.name not in common]
        told = HEAD + "".join(map(_row, own)) if own else "Nothing of its own.\n"
        parts.append(f"## {reader.removeprefix('services.')}\n{told}")
    return "\n".join(parts)


def _row(item: "Field[Any]") -> str:
    if item.default is MISSING:
        default = "required"
    else:
        default = f"`{item.default}`" if item.default != "" else "empty"
    secret = " **Secret.**" if item.metadata.get("secret") else ""
    return f"| `{PREFIX}{item.name.upper()}` | {default} | {item.metadata.get('doc', '')}{secret} |\n".replace(
        "||", "| |"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

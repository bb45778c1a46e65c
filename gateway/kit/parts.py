"""A part of a page, for a script that puts it into the page that is there."""

from typing import Any

from flask import current_app


def part(template: str, **shown: Any) -> str:
    """`template` alone: what only the bars of a page need is not asked of the services for it."""
    return current_app.jinja_env.get_template(template).render(**shown)

"""References of messages: « C-2026-000001 », one sequence a year."""

from datetime import date


def reference(day: date, number: int) -> str:
    """The reference of message `number` of the year of `day` (Europe/Paris)."""
    return f"C-{day.year}-{number:06d}"

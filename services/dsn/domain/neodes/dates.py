"""Days as NEODeS writes them."""

from datetime import date


def is_date(value: str) -> bool:
    """True for a day of the calendar written JJMMAAAA."""
    if len(value) != 8 or not value.isascii() or not value.isdigit():
        return False
    try:
        date(int(value[4:]), int(value[2:4]), int(value[:2]))
    except ValueError:
        return False
    return True

"""Where an act came from, as it is kept and shown to its owner: browser and system in words, a part of the address.

The whole of what a browser says of itself, and the whole address, are never kept (docs/decisions/0048).
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address

UNKNOWN = "Navigateur non reconnu"
# The first that is found says it: many browsers say the names of those they descend from too.
BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS)/"),
    ("Safari", r"\bVersion/\S+ (?:Mobile/\S+ )?Safari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMac OS X\b"),
    ("Linux", r"\bLinux\b"),
)


@dataclass(frozen=True)
class Where:
    """From where somebody acts; nothing of what a job does by itself."""

    browser: str | None = None
    address: str | None = None


NOWHERE = Where()


def browser_in_words(user_agent: str) -> str:
    """« Firefox sur Windows », from what a browser says of itself; whatever it says, these words are ours."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser is None:
        return UNKNOWN
    return f"{browser} sur {system}" if system else browser


def part_of(address: str) -> str | None:
    """The network that an address is of, the rest left out: « 203.0.113.x », « 2001:db8:1:x »; None if it is none."""
    try:
        given = ip_address(address)
    except ValueError:
        return None
    if isinstance(given, IPv4Address):
        return _short(given)
    if given.ipv4_mapped:
        return _short(given.ipv4_mapped)
    return ":".join(format(int(group, 16), "x") for group in given.exploded.split(":")[:3]) + ":x"


def _short(address: IPv4Address) -> str:
    return f"{str(address).rpartition('.')[0]}.x"


def _first(named: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, sign in named if re.search(sign, text)), None)

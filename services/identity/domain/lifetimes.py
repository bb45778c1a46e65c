"""How long everything lives (C4, C5, C7, T1–T10): settings, with the guide's and the contract's values by default."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Lifetimes:
    """Sessions (idle, in all), the tokens made from them, and links and codes."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=8)
    token: timedelta = timedelta(minutes=5)
    invitation: timedelta = timedelta(days=7)
    reset: timedelta = timedelta(hours=1)
    code: timedelta = timedelta(minutes=10)
    mobile_settled: timedelta = timedelta(hours=48)
    identifier: timedelta = timedelta(hours=24)
    identifier_undo: timedelta = timedelta(hours=72)
    certification: timedelta = timedelta(days=90)
    certification_notice: timedelta = timedelta(days=15)
    certification_link: timedelta = timedelta(days=7)

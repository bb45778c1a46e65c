"""What can be delegated, as delegation says it: the same for everybody, so it is asked for once a minute and not once a
page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from flask import current_app

from contracts.words.colleges import COLLEGES
from contracts.words.functions import GROUPS
from gateway.clients import clients
from gateway.clients.delegation import Catalogue, Group, Named
from gateway.kit.today import now

FRESH = timedelta(minutes=1)


def of_the_guide() -> Catalogue:
    """The same as its words are in `contracts/words`, for a page of nobody whom delegation knows yet."""
    groups = [Group(one.label, [Named(each.code, each.label) for each in one.functions]) for one in GROUPS]
    return Catalogue(groups, [Named(code, label) for code, label in COLLEGES.items()])


@dataclass
class Kept:
    """The catalogue that this process was told last. Two threads that ask at once both keep what they were told."""

    catalogue: Catalogue | None = None
    until: datetime | None = None


def offered() -> Catalogue:
    """The matrix's rows and the collèges, at most a minute old. Raises Problem when there is none and delegation does
    not answer."""
    kept, moment = cast(Kept, current_app.extensions["catalogue"]), now()
    if kept.catalogue is None or kept.until is None or not moment < kept.until:
        kept.catalogue, kept.until = clients().delegation.catalogue(), moment + FRESH
    return kept.catalogue

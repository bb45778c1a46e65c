"""The tiles of the home page: two that are always there, those that the person pinned, those he uses most (G69)."""

from dataclasses import dataclass, replace

from contracts.words.functions import DSN
from contracts.words.uses import SUIVI_DSN
from gateway.kit.access import Space
from gateway.kit.navigation import Entry, help_of_all, places
from gateway.kit.services import sections

MOST = 6  # in front, beside the two that are always there
ICON = "file-text"
OUTSIDE = "Sur le site de votre caisse, dans cette fenêtre."


@dataclass(frozen=True)
class Tile(Entry):
    """One of them; `pinned`: the person keeps it in front."""

    pinned: bool = False


@dataclass(frozen=True)
class Tiles:
    """`front` is shown as tiles; `choice` is all that can be pinned, in an order that never changes."""

    front: list[Entry]
    choice: list[Tile]


def tiles(space: Space) -> Tiles:
    """Only what the delegation opens, and opens somewhere: nothing greyed, no dead tile."""
    home, choice = space.home, _choice(space)
    ranks = {code: rank for rank, code in enumerate((*home.pinned, *home.used))}
    if of_dsn := [ranks[code] for code in (SUIVI_DSN, *DSN) if code in ranks]:
        ranks[SUIVI_DSN] = min(of_dsn)  # the page of both functions
    order = sorted(choice, key=lambda tile: (not tile.pinned, ranks.get(tile.code, len(ranks))))
    pinned = sum(tile.pinned for tile in choice)
    return Tiles([recent(space), help_of_all(), *order[: max(MOST, pinned)]], choice)


def recent(space: Space) -> Entry:
    """« Mes documents récents », always there (G69)."""
    says = "Vos derniers messages, fichiers et DSN." if space.sees_dsn else "Vos derniers messages et fichiers."
    return Entry("Mes documents récents", space.url("documents.page"), "paperclip", says)


def _choice(space: Space) -> list[Tile]:
    outside = [
        Entry(service.label, service.url, ICON, OUTSIDE, service.code)
        for section in sections(space)
        for service in section.services
        if service.outside
    ]
    found = [Tile(**vars(entry)) for entry in (*places(space), *outside)]
    return [replace(tile, pinned=tile.code in space.home.pinned) for tile in found]

"""From the lines of a chunk to adhérents with their sites: lines that contradict each other are told apart here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.delegation.domain.addresses import same_address
from services.delegation.domain.referential import AdherentColumns, Line, Rejection, SiteColumns

Key = tuple[str, str]


@dataclass
class Said:
    """What a chunk says of one adhérent: its columns and its good lines, one a site."""

    columns: AdherentColumns
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What the system has of an adhérent, in the words of the file."""

    id: UUID
    sequence: int
    import_id: UUID | None
    columns: AdherentColumns
    sites: Mapping[str, tuple[UUID, SiteColumns]]


def gather(lines: Iterable[Line | Rejection]) -> tuple[dict[Key, Said], list[Rejection]]:
    """The adhérents of a chunk, and the lines that are bad or contradict an earlier line of it."""
    said: dict[Key, Said] = {}
    sirets: set[tuple[Key, str]] = set()
    rejected: list[Rejection] = []
    for line in lines:
        if isinstance(line, Rejection):
            rejected.append(line)
        elif said.setdefault(line.adherent.key, Said(line.adherent)).columns != line.adherent:
            rejected.append(_duplicate(line))
        elif (line.adherent.key, line.site.siret) in sirets:
            told = f"Le SIRET {line.site.siret} figure déjà pour cet adhérent."
            rejected.append(Rejection(line.number, "siret_en_double", told))
        else:
            sirets.add((line.adherent.key, line.site.siret))
            said[line.adherent.key].lines.append(line)
    return {key: one for key, one in said.items() if one.lines}, rejected


def contradictions(said: Said, known: Known | None, import_id: UUID) -> list[Rejection]:
    """The lines of an adhérent that an earlier chunk of the same file, or another company, already claimed."""
    if known is None or known.columns == said.columns:
        return []
    if known.columns.siren != said.columns.siren or known.import_id == import_id:
        return [_duplicate(line) for line in said.lines]
    return []


def founder_changed(said: Said, known: Known) -> bool:
    """True if the file names another founding administrator than it did."""
    return same_address(said.columns.founder_email) != same_address(known.columns.founder_email)


def with_known_founder(said: Said, known: Known) -> Said:
    """The same, keeping the founding administrator the system has."""
    before = known.columns
    kept = replace(
        said.columns,
        founder_email=before.founder_email,
        founder_nom=before.founder_nom,
        founder_prenom=before.founder_prenom,
    )
    return Said(kept, said.lines)


def changed_sites(said: Said, known: Known) -> list[Line]:
    """The lines whose site is new or different."""
    return [line for line in said.lines if known.sites.get(line.site.siret, (None, None))[1] != line.site]


def _duplicate(line: Line) -> Rejection:
    told = f"L'identifiant {line.adherent.identifiant} désigne déjà un adhérent avec d'autres informations."
    return Rejection(line.number, "identifiant_en_double", told)

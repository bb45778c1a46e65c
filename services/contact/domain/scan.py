"""What an antivirus said of a file. The caisse gets what was found clean, and nothing else (decision 13)."""

from collections.abc import Mapping, Sequence
from typing import Any

from backbone.errors import FieldError
from contracts.words.statuses import Scan
from services.contact.domain.refusals import FileInfected, FilesRefused, ScanWaited

# A unit of work that adds files wakes the job.
WAKE = "scan"


def state(verdict: str | None, *, scanning: bool) -> Scan | None:
    """What is said of a file with that verdict; nothing when it has none and no antivirus is asked."""
    if verdict is not None:
        return Scan(verdict)
    return Scan.WAITING if scanning else None


def require_servable(found: Scan | None) -> None:
    """ScanWaited, FileInfected: the file must not leave."""
    if found is Scan.WAITING:
        raise ScanWaited
    if found is Scan.INFECTED:
        raise FileInfected


def require_harmless(files: Sequence[Mapping[str, Any]]) -> None:
    """FilesRefused, which names each of `files` that held a virus: nobody sends what is gone."""
    infected = [one["name"] for one in files if one["scan"] == Scan.INFECTED]
    said = [FieldError("fichiers", FileInfected.slug, f"{name} : {FileInfected.detail}") for name in infected]
    if said:
        raise FilesRefused(FileInfected.detail, errors=said)

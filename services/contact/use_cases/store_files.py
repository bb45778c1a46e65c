"""Judge the files of an upload and keep them, before the message that will refer to them (FA20).

A file that no message comes to refer to is an orphan, which `sweep_files` removes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.contact.domain.content import accept
from services.contact.domain.files import StoredFile, display_name
from services.contact.domain.ports import Detect, Incoming


@dataclass(frozen=True)
class Received:
    """A file of an upload: the name its sender gave, and its bytes."""

    given_name: str
    incoming: Incoming


def store_files(received: Sequence[Received], *, detect: Detect) -> tuple[StoredFile, ...]:
    """Keep all of `received`, or none: NameRefused, FilesRefused before anything is kept; StoreAway (M15)."""
    names = [display_name(one.given_name) for one in received]
    types = accept([(name, detect(one.incoming.path)) for name, one in zip(names, received, strict=True)])
    return tuple(
        StoredFile(name, one.incoming.size, type_, one.incoming.keep(), one.incoming.sha256)
        for name, type_, one in zip(names, types, received, strict=True)
    )

"""The caisse's systems begin to send a referential file."""

from dataclasses import dataclass
from typing import Any

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.storage import imports


@dataclass(frozen=True)
class StartImport:
    """What is going to be sent, and by which machine client."""

    client_id: str
    format: str
    name: str


def start_import(command: StartImport, *, uow: UnitOfWork) -> dict[str, Any]:
    """Note it; the id that its chunks are sent to."""
    id = new_id()
    row = {"id": id, "client_id": command.client_id, "format": command.format, "name": command.name}
    imports.begin(uow.connection, {**row, "started_at": uow.now})
    return {"import_id": str(id)}

"""Messages as files, for a machine without mail server: a Maildir for e-mails, one JSON file for each SMS.

The name comes from the delivery, so a second writing of the same message finds the first (one e-mail per delivery).
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from services.notification.domain.deliveries import Outcome, Verdict
from services.notification.domain.writing import Letter, Sms


class Maildir:
    """E-mails delivered into a Maildir: written in tmp/, then moved to new/ in one step."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def session(self) -> Iterator["Maildir"]:
        """Nothing to open."""
        yield self

    def send(self, letter: Letter) -> Verdict:
        """Deliver, unless it already is: in new/, or in cur/ once a reader has seen it."""
        name = f"{_stem(letter.ordered_at, letter.delivery_id)}.espace"
        try:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(parents=True, exist_ok=True)
            if not any((self._folder / "cur").glob(f"{name}*")):
                _write_once(letter.content, self._folder / "tmp" / name, self._folder / "new" / name)
        except OSError as error:
            return Verdict(Outcome.AWAY, f"{type(error).__name__}: {error.strerror}")
        return Verdict(Outcome.SENT)


class SmsFiles:
    """SMS as JSON files: {"id", "to", "text", "ordered_at"}."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def session(self) -> Iterator["SmsFiles"]:
        """Nothing to open."""
        yield self

    def send(self, sms: Sms) -> Verdict:
        """Write the file, unless it is there."""
        stem = _stem(sms.ordered_at, sms.delivery_id)
        content = {
            "id": str(sms.delivery_id),
            "to": sms.recipient,
            "text": sms.text,
            "ordered_at": sms.ordered_at.isoformat(),
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            encoded = json.dumps(content, ensure_ascii=False, indent=1).encode()
            _write_once(encoded, self._folder / f".{stem}.tmp", self._folder / f"{stem}.json")
        except OSError as error:
            return Verdict(Outcome.AWAY, f"{type(error).__name__}: {error.strerror}")
        return Verdict(Outcome.SENT)


def _stem(ordered_at: datetime, delivery_id: UUID) -> str:
    return f"{int(ordered_at.timestamp())}.{delivery_id}"


def _write_once(content: bytes, draft: Path, target: Path) -> None:
    if target.exists():
        return
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""The mailbox page `/_mailbox`: what the system sent, read from the Maildir and the SMS files. Local use alone."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, render_template

from backbone.clock import PARIS
from backbone.strict_json import loads

SHOWN = 200


@dataclass(frozen=True)
class Letter:
    """One e-mail or SMS, as the list shows it."""

    key: str
    kind: str
    to: str
    subject: str
    at: datetime


class Mailbox:
    """The messages under `folder`: `mailbox/` (Maildir) and `sms/` (JSON files)."""

    def __init__(self, folder: Path) -> None:
        self._mail, self._sms = folder / "mailbox", folder / "sms"

    def letters(self, limit: int = SHOWN) -> list[Letter]:
        """The newest messages first."""
        files = sorted([*self._files()], key=lambda file: file.stat().st_mtime_ns, reverse=True)
        return [self._letter(file) for file in files[:limit]]

    def emails(self) -> Iterator[tuple[str, EmailMessage]]:
        """Every e-mail with its key, oldest first."""
        for file in sorted(self._files(), key=lambda file: file.stat().st_mtime_ns):
            if file.suffix != ".json":
                yield file.name, _parse(file)

    def email(self, key: str) -> EmailMessage | None:
        """One e-mail."""
        file = self._mail / "new" / Path(key).name
        return _parse(file) if file.is_file() else None

    def sms(self, key: str) -> dict[str, Any] | None:
        """One SMS."""
        file = self._sms / Path(key).name
        return dict(loads(file.read_bytes())) if file.is_file() and file.suffix == ".json" else None

    def _files(self) -> list[Path]:
        return [*(self._mail / "new").glob("*"), *self._sms.glob("*.json")]

    def _letter(self, file: Path) -> Letter:
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC).astimezone(PARIS)
        if file.suffix == ".json":
            sms = loads(file.read_bytes())
            return Letter(file.name, "sms", sms["to"], sms["text"], at)
        message = _parse(file)
        return Letter(file.name, "courriel", str(message["To"]), str(message["Subject"]), at)


def mailbox_app(folder: Path) -> Flask:
    """The pages of the mailbox."""
    app, box = Flask("embedded"), Mailbox(folder)

    @app.get("/")
    def messages() -> str:
        """The list."""
        return render_template("messages.html", letters=box.letters())

    @app.get("/courriels/<key>")
    def one_email(key: str) -> str:
        """An e-mail: its headers, its text, and its HTML in a frame."""
        message = box.email(key) or abort(404)
        return render_template("courriel.html", key=key, message=message, text=body(message, "plain"))

    @app.get("/courriels/<key>/html")
    def one_email_html(key: str) -> Response:
        """The HTML part alone, without script."""
        message = box.email(key) or abort(404)
        response = Response(body(message, "html"), mimetype="text/html")
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        return response

    @app.get("/sms/<key>")
    def one_sms(key: str) -> str:
        """An SMS."""
        return render_template("sms.html", sms=box.sms(key) or abort(404))

    return app


def body(message: EmailMessage, kind: str) -> str:
    """The text of the part « plain » or « html »; empty when there is none."""
    part = message.get_body((kind,))
    return part.get_content() if part else ""


def _parse(file: Path) -> EmailMessage:
    with file.open("rb") as content:
        return email.message_from_binary_file(content, policy=email.policy.default)  # type: ignore[return-value]

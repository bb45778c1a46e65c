"""The SMS that came in, as a page (/sms/) and as JSON (/sms/messages), the newest first."""

import json
from collections.abc import Iterable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tools.smsc.centre import Smsc, Submitted

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>SMS ({count})</title><meta http-equiv="refresh" content="10">
<style>body{{font:16px sans-serif;margin:2rem}}td,th{{text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0}}
td:last-child{{white-space:pre-wrap}}</style></head>
<body><h1>SMS reçus</h1><table><thead><tr><th>Reçu (UTC)</th><th>De</th><th>Numéro</th><th>Texte</th></tr></thead>
<tbody>{rows}</tbody></table></body></html>
"""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def serve(centre: Smsc, host: str, port: int) -> ThreadingHTTPServer:
    """A server that shows what `centre` got; call `serve_forever`."""
    return ThreadingHTTPServer((host, port), type("Pages", (_Pages,), {"centre": centre}))


class _Pages(BaseHTTPRequestHandler):
    """Two addresses, and nothing that changes anything."""

    centre: Smsc
    server_version = "smsc"
    sys_version = ""

    def do_GET(self) -> None:
        """The list."""
        newest = list(self.centre.submitted)[::-1]
        path = self.path.partition("?")[0]
        if path in ("/sms", "/sms/"):
            self._send("text/html; charset=utf-8", _page(newest))
        elif path == "/sms/messages":
            self._send("application/json", json.dumps([_shown(one) for one in newest]))
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written down."""

    def _send(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _shown(sms: Submitted) -> dict[str, str]:
    return {
        "id": sms.id,
        "at": sms.at.isoformat(timespec="seconds"),
        "source": sms.source,
        "to": f"+{sms.number}",
        "text": sms.text,
    }


def _page(newest: Iterable[Submitted]) -> str:
    shown = [_shown(one) for one in newest]
    cells = [(one["at"], one["source"], one["to"], one["text"]) for one in shown]
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    return PAGE.format(count=len(shown), rows=rows)

"""A file of a service handed on to the browser piece by piece: it is saved, never opened here, and kept nowhere."""

import httpx
from flask import Response

PASSED_ON = ("Content-Length", "Content-Disposition")
HEADERS = {
    "Content-Type": "application/octet-stream",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Content-Disposition": "attachment",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


def saved(content: bytes, name: str, type_: str) -> Response:
    """`content`, made here for this person, as an attachment called `name`, which is plain ASCII."""
    answer = Response(content, content_type=type_)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def handed_on(answer: httpx.Response) -> Response:
    """`answer`, still to be read, as an attachment. It is closed when the browser has it, or has gone."""
    response = Response(answer.iter_bytes(), headers=HEADERS)
    for name in PASSED_ON:
        if name in answer.headers:
            response.headers[name] = answer.headers[name]
    response.call_on_close(answer.close)
    return response

"""GET from another service: no redirection followed, no proxy asked, and a limit for the whole as for each answer."""

import http.client
from collections.abc import Callable, Mapping
from http.client import HTTPMessage
from urllib.parse import urlsplit

from backbone.deadline import hung_up_after


def get(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    timeout: float,
    whole: float,
    most: int,
    heard: Callable[[HTTPMessage], object] = len,
) -> tuple[int, bytes]:
    """Status and body of `url`, of which at most `most` bytes are read. OSError when it does not answer.

    `timeout`: seconds for the connection and for each read; `whole`: seconds from the question to the end of the body.
    `heard` is given the headers as soon as they are there.
    """
    address = urlsplit(url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=timeout)
    try:
        connection.connect()
        line = connection.sock
        with hung_up_after(whole, lambda: line) as over:
            path = (address.path or "/") + (f"?{address.query}" if address.query else "")
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            heard(answer.headers)
            body = answer.read(most)
            if over.is_set():  # http.client takes a line that ends within the headers for an answer
                raise OSError("cut short")
            return answer.status, body
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        connection.close()

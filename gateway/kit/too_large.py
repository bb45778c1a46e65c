"""A form whose files are too much is refused before it is read; what was typed in it is read all the same.

werkzeug refuses such a body by its length, and gives nothing of it. In a form the words stand before the files: they
are taken from its beginning, and the rest is let go by, so that the browser comes to read the answer.
"""

from flask import current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.sansio.multipart import Data, Field, File, MultipartDecoder, NeedData

CHUNK = 64 * 1024
MOST_WORDS = 256 * 1024  # before the first file
LET_BY = 3  # times the limit: so much the edge lets through; without one, nobody keeps a thread busy for longer


def words_before_files() -> MultiDict[str, str]:
    """The fields that stand before the first file of this request; none of a body that is no multipart form."""
    boundary = request.mimetype_params.get("boundary", "").encode("latin-1", "replace")
    if request.mimetype != "multipart/form-data" or not 0 < len(boundary) <= 200:
        return MultiDict()
    found: MultiDict[str, str] = MultiDict()
    read = 0
    try:
        read = _take(MultipartDecoder(boundary, max_form_memory_size=MOST_WORDS, max_parts=1000), found)
    except ValueError:
        found.clear()
    _let_by(read)
    return found


def _take(decoder: MultipartDecoder, found: MultiDict[str, str]) -> int:
    """Put the fields into `found`, up to a file; how many bytes that took."""
    read, name, text = 0, "", b""
    while read < MOST_WORDS and (chunk := _piece(read)):
        read += len(chunk)
        decoder.receive_data(chunk)
        while not isinstance(event := decoder.next_event(), NeedData):
            if isinstance(event, Field):
                name, text = event.name, b""
            elif isinstance(event, Data):
                text += event.data
                if not event.more_data:
                    found.add(name, text.decode())
            elif isinstance(event, File):
                return read
    return read


def _piece(read: int) -> bytes:
    most: int = LET_BY * current_app.config["MAX_CONTENT_LENGTH"]
    left = min(request.content_length or 0, most) - read
    piece: bytes = request.environ["wsgi.input"].read(min(CHUNK, left)) if left > 0 else b""
    return piece


def _let_by(read: int) -> None:
    while chunk := _piece(read):
        read += len(chunk)

"""Small real files of each kind, made on the spot."""

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body>bonjour</body></html>"
TEXT = "Salarié;Période\nDupont;2026-10\n".encode()
LATIN = "Salarié;Période\n".encode("latin-1")


def png() -> bytes:
    """A PNG of one pixel."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff\0\0")),
        (b"IEND", b""),
    ]
    body = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP of `parts`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


OOXML = "application/vnd.openxmlformats-officedocument."
MAIN_TYPES = {
    "word": OOXML + "wordprocessingml.document.main+xml",
    "xl": OOXML + "spreadsheetml.sheet.main+xml",
    "ppt": OOXML + "presentationml.presentation.main+xml",
}


def ooxml(part: str, main: str = "", extra: str = "", **more: bytes) -> bytes:
    """A document of Office whose main part is `part`, of the content type `main` (else by its folder, as Word names
    it); `extra` goes into the content types, `more` adds parts (a macro, for instance)."""
    main = main or MAIN_TYPES[part.partition("/")[0]]
    types = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>{extra}</Types>'
    )
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = f'<Relationships><Relationship Id="r1" Type="{target}" Target="{part}"/></Relationships>'
    parts = {"[Content_Types].xml": types.encode(), "_rels/.rels": rels.encode(), part: b"<x/>"}
    return archive({**parts, **more})


def with_backslashes(document: bytes) -> bytes:
    """The same archive as some programs write it: `\\` between the folders of its parts."""
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return archive({name.replace("/", "\\"): file.read(name) for name in file.namelist()})


def odf(kind: str, **more: bytes) -> bytes:
    """An OpenDocument file of `kind` (text, spreadsheet…)."""
    return archive({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>", **more})

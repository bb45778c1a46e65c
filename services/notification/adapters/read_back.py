"""Reads a finished e-mail as the strictest server does: nothing leaves that one of them would read otherwise."""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass

WORD = re.compile(r"=\?utf-8\?b\?([A-Za-z0-9+/]+=*)\?=")
FIELD = re.compile(r"([A-Za-z-]+): (.*)")
BOUNDARY = re.compile(r'multipart/alternative; boundary="([0-9a-f=_]+)"')
LONGEST_WORD, LONGEST_LINE, LONGEST_ENCODED_LINE = 75, 998, 76
CODING = {"Content-Transfer-Encoding": "quoted-printable"}


class Unreadable(Exception):
    """A message that a strict reader refuses; says which rule, never the content."""


@dataclass(frozen=True)
class Part:
    """One body: its type, and its text with « \\n » between lines."""

    type: str
    text: str


@dataclass(frozen=True)
class ReadBack:
    """What a message says: every header once, decoded, and its parts in order."""

    headers: dict[str, str]
    parts: list[Part]


def read_back(content: bytes) -> ReadBack:
    """What `content` says. Unreadable when a strict reader would refuse it or could read it in two ways."""
    try:
        lines = content.decode("ascii").split("\r\n")
    except UnicodeDecodeError:
        raise Unreadable("eight bits") from None
    if any(len(line) > LONGEST_LINE or re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line) for line in lines):
        raise Unreadable("a line that is too long, or a control character in it")
    headers, body = _headers(lines)
    boundary = BOUNDARY.fullmatch(headers.get("Content-Type", ""))
    if boundary is None:
        raise Unreadable("not the two parts of one message")
    return ReadBack(headers, _parts(body, f"--{boundary[1]}"))


def _headers(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The headers at the beginning of `lines`, each once, and what follows the first empty line."""
    found: dict[str, str] = {}
    name = ""
    for at, line in enumerate(lines):
        if not line:
            return {name: _decoded(value) for name, value in found.items()}, lines[at + 1 :]
        if "=?" in line and len(line) > LONGEST_ENCODED_LINE:
            raise Unreadable("a long line with an encoded word")
        if line[0] == " " and line.strip() and name:
            found[name] += line
            continue
        field = FIELD.fullmatch(line)
        if field is None or field[1].lower() in map(str.lower, found):
            raise Unreadable("not a header, or one that is there twice")
        name = field[1]
        found[name] = field[2]
    raise Unreadable("headers without end")


def _decoded(value: str) -> str:
    """What an unfolded header says: blanks between two encoded words do not count (RFC 2047 section 6.2)."""
    said, after_word = "", False
    for token in re.findall(r" *[^ ]+", value):
        word = WORD.fullmatch(token.lstrip(" "))
        if word is None and "=?" in token:
            raise Unreadable("an encoded word that touches something")
        blank = token[: len(token) - len(token.lstrip(" "))]
        said += ("" if after_word and word else blank) + (_word(word) if word else token.lstrip(" "))
        after_word = word is not None
    return said


def _word(word: "re.Match[str]") -> str:
    try:
        if len(word[0]) > LONGEST_WORD:
            raise Unreadable("a long encoded word")
        return b64decode(word[1], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Unreadable("an encoded word that is cut") from None


def _parts(lines: list[str], delimiter: str) -> list[Part]:
    """The parts between delimiters; nothing before the first, nothing after the last."""
    at = [number for number, line in enumerate(lines) if line.startswith(delimiter)]
    marks = [lines[number] for number in at]
    if not at or at[0] != 0 or marks != [*[delimiter] * (len(at) - 1), f"{delimiter}--"] or lines[at[-1] + 1 :] != [""]:
        raise Unreadable("parts that are not closed")
    return [_part(lines[start + 1 : end]) for start, end in zip(at, at[1:], strict=False)]


def _part(lines: list[str]) -> Part:
    headers, body = _headers(lines)
    type_ = headers.pop("Content-Type", "")
    if headers != CODING:
        raise Unreadable("strange headers in a part")
    try:
        return Part(type_, _unquoted(body).encode("latin-1").decode())
    except UnicodeDecodeError:
        raise Unreadable("a character that is cut") from None


def _unquoted(lines: list[str]) -> str:
    """What a body in quoted-printable holds, one character an octet."""
    whole = "\n".join(lines)
    if re.search(r"[ \t]$", whole, re.MULTILINE) or re.search(r"=(?![0-9A-F]{2}|\n)", whole):
        raise Unreadable("a blank or an escape that is lost on the way")
    if any(len(line) > LONGEST_ENCODED_LINE for line in lines):
        raise Unreadable("a long line")
    joined = re.sub(r"=\n", "", whole)
    return re.sub(r"=([0-9A-F]{2})", lambda octet: chr(int(octet[1], 16)), joined)

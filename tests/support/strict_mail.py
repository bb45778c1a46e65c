"""A reader of mails written from RFC 5322, 2045 and 2047, and as strict as the strictest provider: what is glued, too
long, repeated or not seven bits is refused. It shares nothing with what writes the mails."""

import base64
import re

WORD = re.compile(r"=\?(?P<charset>[A-Za-z0-9-]+)\?(?P<coding>[BbQq])\?(?P<text>[!->@-~]*)\?=")
LONGEST_WORD, LONGEST_LINE, LONGEST_ENCODED_LINE = 75, 998, 76


def headers_of(content: bytes) -> dict[str, str]:
    """The headers of `content`, decoded. AssertionError says what a strict server would refuse."""
    block, _, _ = content.partition(b"\r\n\r\n")
    assert block.isascii() and b"\0" not in block, "eight bits in a header"
    lines = block.decode("ascii").split("\r\n")
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        assert "\r" not in line and "\n" not in line, "a bare CR or LF"
        assert len(line) <= LONGEST_LINE, "a line that is too long"
        assert "=?" not in line or len(line) <= LONGEST_ENCODED_LINE, f"{len(line)} characters with an encoded word"
        if line[:1] in (" ", "\t"):
            assert line.strip(), "a line of blanks"
            found[name].append(line)
            continue
        name, colon, value = line.partition(":")
        assert colon and re.fullmatch(r"[!-9;-~]+", name), f"not a header: {line!r}"
        assert name.lower() not in map(str.lower, found), f"{name} twice"
        found[name] = [value]
    return {name: decoded("".join(values).strip(" ")) for name, values in found.items()}


def decoded(value: str) -> str:
    """What an unfolded header says: encoded words stand between blanks; those between two of them do not count."""
    pieces, was_word = [], False
    for blank, token in re.findall(r"([ \t]*)([^ \t]+)", value):
        word = WORD.fullmatch(token)
        assert word or "=?" not in token, f"an encoded word glued to something: {token!r}"
        pieces.append(("" if was_word and word else blank) + (_word(word) if word else token))
        was_word = word is not None
    return "".join(pieces)


def _word(found: "re.Match[str]") -> str:
    assert len(found[0]) <= LONGEST_WORD, f"an encoded word of {len(found[0])} characters"
    if found["coding"] in "Bb":
        octets = base64.b64decode(found["text"], validate=True)
    else:
        spaced = found["text"].replace("_", " ").encode()
        octets = re.sub(rb"=([0-9A-F]{2})", lambda one: bytes.fromhex(one[1].decode()), spaced)
    return octets.decode(found["charset"], "strict")  # a character cut in two is refused here

"""How many files, how large, under which names (G83, T6, AA42, AA44)."""

import unicodedata
from dataclasses import dataclass

from contracts.rules.names import NO_LETTER, cleaned_name, name_refusal, tidy_name
from contracts.words.messages import MOST_FILES, MOST_MEGABYTES, too_much
from services.contact.domain.refusals import FilesTooLarge, NameRefused, NameUnreadable, TooManyFiles

NAME_LENGTH = 255


@dataclass(frozen=True)
class Limits:
    """What one message may carry; settings, because a proxy in front may take less."""

    files: int = MOST_FILES
    bytes: int = MOST_MEGABYTES * 1024 * 1024

    def sentence(self) -> str:
        """The refusal (M11) with the limits in force."""
        return too_much(self.files, self.bytes // (1024 * 1024))

    def check(self, sizes: list[int]) -> None:
        """TooManyFiles or FilesTooLarge when `sizes` go beyond; the exact limit passes (AA42)."""
        if len(sizes) > self.files:
            raise TooManyFiles(self.sentence())
        if sum(sizes) > self.bytes:
            raise FilesTooLarge(self.sentence())


def display_name(given: str) -> str:
    """The name shown for a file: its last part, without what is not seen or makes a link, without leading dots. Never
    a path on disk.

    Raises NameUnreadable (NUL), NameRefused (longer than 255 characters, nothing left, or no letter in it).
    """
    if "\0" in given:
        raise NameUnreadable
    last = given.replace("\\", "/").rpartition("/")[2]
    # Lines end nowhere in a name; what else it may not have goes by the rule of all names (« fdp.exe » turned round).
    name = cleaned_name("".join(c for c in last if unicodedata.category(c) not in ("Cc", "Zl", "Zp")))
    name = tidy_name(name.lstrip("."))
    if not name:
        raise NameRefused
    if len(given) > NAME_LENGTH:
        raise NameRefused(f"{name[:40]}… : le nom d'un fichier ne peut pas dépasser 255 caractères.")
    if name_refusal(name, NAME_LENGTH) == NO_LETTER:
        raise NameRefused(f"{name} : le nom d'un fichier doit contenir au moins une lettre.")
    return name


def extension(name: str) -> str:
    """The extension of a display name in small letters, without its dot; « » when it has none.

    « Facture n°1.2 » has none: an extension begins with a letter.
    """
    stem, dot, end = name.rpartition(".")
    return end.lower() if dot and stem and end.isalnum() and end[0].isalpha() else ""


@dataclass(frozen=True)
class StoredFile:
    """A file that was judged and kept."""

    name: str
    size: int
    type: str
    storage_name: str
    sha256: str

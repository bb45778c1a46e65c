"""A link."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UseLink:
    """The token of a link, used by its reader."""

    token: str

    def __repr__(self) -> str:
        return "UseLink(***)"

"""The links that their holder may have made anew when they are dead."""

from enum import StrEnum


class Link(StrEnum):
    """What the dead link was for."""

    INVITATION = "invitation"
    CERTIFICATION = "certification"

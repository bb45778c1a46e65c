"""What the public page says of an attestation: nothing else of it is told to who asks."""

from enum import StrEnum


class Attested(StrEnum):
    """`VALID`: all that it says is in force today. `UNKNOWN`: there is no such number of that company."""

    VALID = "valide"
    ENDED = "terminee"
    UNKNOWN = "inconnue"

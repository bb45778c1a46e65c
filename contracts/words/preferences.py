"""What a person may choose to be written about, and how often, for each adhérent (docs/decisions/0046).

Security and mandate messages are no subject of it: nobody can turn them off.
"""

from collections.abc import Mapping
from enum import StrEnum


class Subject(StrEnum):
    """What is written about without anybody's asking for it each time."""

    DSN_ALERTS = "alertes_dsn"
    DOCUMENTS = "avis_documents"
    NEWS = "nouvelles_caisse"


class Rhythm(StrEnum):
    """How often. DAILY is each working day, WEEKLY the first working day of the week, EACH whenever there is one."""

    DAILY = "quotidien"
    WEEKLY = "hebdomadaire"
    EACH = "chaque_fois"
    NEVER = "jamais"


# In the order in which they are shown; the first of DSN_ALERTS holds until somebody says otherwise. The two others are
# asked for: « si inscription au service » (G78), a consent (G48).
CHOICES: Mapping[Subject, tuple[Rhythm, ...]] = {
    Subject.DSN_ALERTS: (Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.NEVER),
    Subject.DOCUMENTS: (Rhythm.EACH, Rhythm.NEVER),
    Subject.NEWS: (Rhythm.EACH, Rhythm.NEVER),
}
DEFAULTS: Mapping[Subject, Rhythm] = {
    Subject.DSN_ALERTS: Rhythm.DAILY,
    Subject.DOCUMENTS: Rhythm.NEVER,
    Subject.NEWS: Rhythm.NEVER,
}

"""What is counted when a person opens something in a space: functions of the matrix, and the pages beside them (G69).

A use is of a right, so that it also tells when a right was last used. What is no right is only pinned, or counted for
its tile.
"""

from contracts.words.functions import FUNCTIONS

ADMINISTRATION = "administration"  # « Gérer les droits d'accès », for who may delegate
SUIVI_DSN, MON_COMPTE, NOUS_CONTACTER = "suivi_dsn", "mon_compte", "nous_contacter"

PLACES = (ADMINISTRATION, SUIVI_DSN, MON_COMPTE, NOUS_CONTACTER)
CODES = (*FUNCTIONS, *PLACES)

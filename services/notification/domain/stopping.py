"""The token by which the reader of a mail stops such mails, without logging in (RFC 8058).

It says who and what, and is signed: nobody makes another's. It is good for nothing else, as often as one likes and for
as long as the key lives, for a mail may be opened years later. It is made as the mail is written, and kept nowhere.
"""

import hmac
from base64 import b64decode, urlsafe_b64encode
from uuid import UUID

from contracts.words.preferences import Subject
from services.notification.domain.refusals import StopRefused

SUBJECTS = {Subject.DSN_ALERTS: 1, Subject.DOCUMENTS: 2, Subject.NEWS: 3}  # in mails that people keep: never another
SIGNED, SIGNATURE = 17, 16  # bytes; together a multiple of three, so that the text has one form only


class Stops:
    """Makes and reads the tokens of one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def token(self, account_id: UUID, subject: Subject) -> str:
        """The token by which `account_id` stops the mails of `subject`."""
        said = account_id.bytes + bytes([SUBJECTS[subject]])
        return urlsafe_b64encode(said + self._signature(said)).decode()

    def read(self, token: str) -> tuple[UUID, Subject]:
        """Who stops what. StopRefused for what is no token of ours."""
        try:
            whole = b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except ValueError:
            raise StopRefused from None
        said, subjects = whole[:SIGNED], {number: subject for subject, number in SUBJECTS.items()}
        if len(said) != SIGNED or said[16] not in subjects:
            raise StopRefused
        found = UUID(bytes=said[:16]), subjects[said[16]]
        if not hmac.compare_digest(token, self.token(*found)):
            raise StopRefused
        return found

    def _signature(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, "sha256")[:SIGNATURE]

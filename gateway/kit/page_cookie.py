"""The page cookie, signed and without an age: a gateway has no clock that may judge what another one wrote.

The library compares the second that the writer put into the signature with its own; one second of difference between
two machines is enough for it to forget the token of a form. The browser forgets it when it is closed.
"""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature


class PageCookie(SecureCookieSessionInterface):
    """What Flask does, but for the age."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the browser sent, if it is signed with our key; nothing otherwise."""
        serializer = self.get_signing_serializer(app)
        sent = request.cookies.get(self.get_cookie_name(app), "")
        try:
            return SecureCookieSession(serializer.loads(sent) if serializer else {})
        except BadSignature:
            return SecureCookieSession()

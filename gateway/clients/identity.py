"""identity as the pages see it: sessions, accounts, the links of the mails."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gateway.clients.http import ServiceClient, shown
from gateway.clients.inviting import Accepted, Invitation, Offer
from gateway.clients.problem import Problem
from gateway.clients.requests import ContactChange, IdentifierWanted, NewAccount, PasswordChange, PasswordReset
from gateway.clients.shape import Page, body, read, read_page
from gateway.clients.watching import Activity, LinkFate, LiveSession

MOST_OFFERS = 20  # shown at a time
MOST_SESSIONS = 25


@dataclass(frozen=True)
class Person:
    """Who is signed in."""

    account_id: UUID
    email: str
    nom: str
    prenom: str
    previous_login_at: datetime | None = None


@dataclass(frozen=True)
class SignedIn:
    """A session just opened."""

    session: str
    access_token: str
    account: Person


@dataclass(frozen=True)
class Token:
    """The token of one page, and when the session ends. `session`: its id, when the form that asks gave it another."""

    access_token: str
    account: Person
    session_expires_at: datetime | None = None
    session: str | None = None


@dataclass(frozen=True)
class Account:
    """« Connexion et contact » (G73)."""

    email: str
    nom: str
    prenom: str
    telephone_fixe: str | None
    telephone_mobile: str | None
    mobile_certified_at: datetime | None
    email_certified_at: datetime | None
    version: int
    newsletter: bool = False
    certified_until: datetime | None = None
    completed_at: datetime | None = None  # the version before does not say it
    mobile_usable_from: datetime | None = None
    mobile_usable_until: datetime | None = None

    def mobile_at(self, now: datetime) -> str:
        """Whether its number proves now who asks for new bank details (G78): « utilisable », or why not."""
        if self.mobile_usable_from is None or self.mobile_usable_until is None:
            return "absent"
        if now < self.mobile_usable_from:
            return "recent"
        return "utilisable" if now < self.mobile_usable_until else "ancien"


@dataclass(frozen=True)
class CodeSent:
    """Where a code went, as its owner knows it again."""

    masked: str


@dataclass(frozen=True)
class IdentifierChange:
    """A change that the former address can undo (T5)."""

    email: str
    new_email: str
    proved: bool


@dataclass(frozen=True)
class Rotated:
    """The new id of a session."""

    session: str


@dataclass(frozen=True)
class Completed:
    """An account just completed."""

    founder: bool


@dataclass(frozen=True)
class Addressed:
    """Which address a link is for."""

    email: str


class IdentityClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def sign_in(self, email: str, mot_de_passe: str, browser: str) -> SignedIn:
        """Open a session: 401 M1, 429 M6. `browser`: the token by which the browser is known again; a service of the
        version before refuses the field, and is asked without."""
        sent = {"email": email, "mot_de_passe": mot_de_passe}
        known = {**sent, "browser": browser}
        try:
            return read(SignedIn, self.ask("POST", "/sessions", public=True, secret=True, json=known))
        except Problem as problem:
            if not any(error.field == "browser" for error in problem.errors):
                raise
        return read(SignedIn, self.ask("POST", "/sessions", public=True, secret=True, json=sent))

    def token(self, session: str) -> Token:
        """Exchange the opaque session for the token of this page: 401 when it is dead."""
        sent = {"session": session}
        return read(Token, self.ask("POST", "/sessions/token", public=True, secret=True, by_form=True, json=sent))

    def sign_out(self, session: str) -> None:
        """End the session on the server."""
        self.send("POST", "/sessions/end", public=True, secret=True, json={"session": session})

    def rotate(self, session: str) -> str:
        """A new opaque id for the same session (C7)."""
        sent = {"session": session}
        answer = self.ask("POST", "/sessions/rotate", public=True, secret=True, by_form=True, json=sent)
        return read(Rotated, answer).session

    def prove_again(self, session: str, mot_de_passe: str) -> SignedIn:
        """The password again (C8): a new session id, and a token that says it was given now."""
        sent = {"session": session, "mot_de_passe": mot_de_passe}
        answer = self.ask("POST", "/sessions/reauthenticate", public=True, secret=True, by_form=True, json=sent)
        return read(SignedIn, answer)

    def sessions(self, number: int) -> Page[LiveSession]:
        """A page of the person's live sessions, the newest first."""
        params = {"page": number, "page_size": MOST_SESSIONS}
        return read_page(LiveSession, self.ask("GET", "/account/sessions", params=params))

    def end_session(self, session_id: UUID) -> None:
        """End one of them; one that is over, or another's, is no error."""
        self.send("POST", f"/account/sessions/{session_id}/end")

    def end_other_sessions(self) -> None:
        """End all but the one of this page."""
        self.send("POST", "/account/sessions/end-others")

    def activity(self, before: UUID | None) -> Activity:
        """What was done with the person's account in the last twelve months, after that key."""
        params = {"before": str(before)} if before else {}
        return read(Activity, self.ask("GET", "/account/activity", params=params))

    def link_fate(self, purpose: str, token: str) -> LinkFate:
        """What became of a link of the person's own: 404 for any other."""
        sent = {"purpose": purpose, "token": token}
        return read(LinkFate, self.ask("POST", "/account/links/lookup", json=sent))

    def account(self) -> Account:
        """The account of the person of the page."""
        return read(Account, self.ask("GET", "/account"))

    def change_contact(self, version: int, contact: ContactChange) -> None:
        """« Modifier contact »: 412 when somebody changed it since."""
        self.send("PUT", "/account/contact", json=body(contact), headers=shown(version))

    def change_password(self, passwords: PasswordChange) -> None:
        """« Modifier mot de passe »."""
        self.send("PUT", "/account/password", json=body(passwords))

    def change_identifier(self, wanted: IdentifierWanted) -> None:
        """« Modifier identifiant » (G75): answers the same for an address that is taken (AA18)."""
        self.send("POST", "/account/identifier", json=body(wanted))

    def identifier_was_asked(self, session: str, email: str) -> bool:
        """Whether that session, which is dead, asked for that address and ended by it."""
        try:
            sent = {"session": session, "email": email}
            self.send("POST", "/identifier-changes/asked", public=True, json=sent)
        except Problem as problem:
            if problem.status >= 500:
                raise
            return False
        return True

    def send_mobile_code(self) -> None:
        """Send the SMS code to the number of the account."""
        self.send("POST", "/account/mobile/code")

    def certify_mobile(self, code: str) -> None:
        """Certify the mobile with the code: 422 M13."""
        self.send("POST", "/account/mobile/certification", json={"code": code})

    def send_bank_code(self, adherent_id: UUID) -> None:
        """Send the SMS code of a request for new bank details (G78): 409 for a number that proves nothing, 429 M6."""
        self.send("POST", "/account/bank-details/code", json={"adherent_id": str(adherent_id)})

    def prove_for_bank_details(self, adherent_id: UUID, code: str) -> None:
        """Give it back: 422 M13."""
        sent = {"adherent_id": str(adherent_id), "code": code}
        self.send("POST", "/account/bank-details/proof", json=sent)

    def invitation(self, token: str) -> Invitation:
        """What the link opens: 410 M3 when it is dead. Consumes nothing."""
        return read(Invitation, self.ask("POST", "/invitations/lookup", public=True, json={"token": token}))

    def renew_invitation(self, token: str) -> None:
        """Ask for a new link with a dead one; the answer never tells what it was (M2)."""
        self.send("POST", "/invitations/renew", public=True, json={"token": token})

    def complete_invitation(self, token: str, account: NewAccount) -> bool:
        """Complete the account; True for the founding administrator, usable at once."""
        answer = self.ask("POST", "/invitations/complete", public=True, json={"token": token, **body(account)})
        return read(Completed, answer).founder

    def send_code_by_link(self, token: str, telephone_mobile: str | None) -> str:
        """Send a code to the number typed on the page of an invitation: that number, masked. 410 M3, 422, 429 M6."""
        sent = {"token": token, "telephone_mobile": telephone_mobile or ""}
        return read(CodeSent, self.ask("POST", "/invitations/mobile/code", public=True, json=sent)).masked

    def certify_by_link(self, token: str, code: str) -> None:
        """Certify that number for the account to come: 410 M3, 422 M13."""
        self.send("POST", "/invitations/mobile/certification", public=True, json={"token": token, "code": code})

    def accept_by_link(self, token: str) -> None:
        """Accept with an account that nobody can log in to yet: 410 M3 when the link is dead."""
        self.send("POST", "/invitations/accept", public=True, json={"token": token})

    def offers(self, number: int) -> Page[Offer]:
        """A page of the delegations that wait until the person accepts them, and how many there are."""
        params = {"page": number, "page_size": MOST_OFFERS}
        return read_page(Offer, self.ask("GET", "/account/invitations", params=params))

    def accept(self, delegation_id: UUID) -> None:
        """Accept one: 404 when it does not wait for the person (any more)."""
        self.send("POST", f"/account/invitations/{delegation_id}/acceptance")

    def accept_several(self, delegation_ids: list[UUID]) -> int:
        """Accept several at once: how many of them are accepted. 404 when none waits for the person (any more)."""
        sent = {"delegation_ids": [str(one) for one in delegation_ids]}
        answer = self.ask("POST", "/account/invitations/acceptance", json=sent)
        return len(read(Accepted, answer).delegation_ids)

    def ask_reset(self, email: str) -> None:
        """Ask for a reset link; the answer never tells whether the address is known (M2)."""
        self.send("POST", "/password-resets", public=True, json={"email": email})

    def reset(self, token: str) -> str:
        """The address a reset link is for: 410 M3 when it is dead."""
        answer = self.ask("POST", "/password-resets/lookup", public=True, json={"token": token})
        return read(Addressed, answer).email

    def complete_reset(self, token: str, passwords: PasswordReset) -> None:
        """Choose the new password."""
        self.send("POST", "/password-resets/complete", public=True, json={"token": token, **body(passwords)})

    def address_to_prove(self, token: str) -> str:
        """The new address an activation link is for: 410 M3 when it is dead."""
        answer = self.ask("POST", "/identifier-changes/activation/lookup", public=True, json={"token": token})
        return read(Addressed, answer).email

    def prove_identifier(self, token: str) -> None:
        """Use the activation link."""
        self.send("POST", "/identifier-changes/activation", public=True, json={"token": token})

    def change_to_undo(self, token: str) -> IdentifierChange:
        """The change that the link sent to the former address undoes: 410 M3 when it is dead."""
        answer = self.ask("POST", "/identifier-changes/undo/lookup", public=True, json={"token": token})
        return read(IdentifierChange, answer)

    def undo_identifier(self, token: str) -> None:
        """Undo it."""
        self.send("POST", "/identifier-changes/undo", public=True, json={"token": token})

    def address_to_certify(self, token: str) -> str:
        """The address a certification link is for: 410 M3 when it is dead."""
        answer = self.ask("POST", "/certifications/lookup", public=True, json={"token": token})
        return read(Addressed, answer).email

    def certify_address(self, token: str) -> None:
        """Certify the address again (G54)."""
        self.send("POST", "/certifications/complete", public=True, json={"token": token})

    def renew_certification(self, token: str) -> None:
        """Ask for a new link with a dead one; the answer never tells what it was (M2)."""
        self.send("POST", "/certifications/renew", public=True, json={"token": token})

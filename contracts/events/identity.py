"""What identity announces. Link tokens and SMS codes travel sealed (JWE to the notification service's key)."""

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.examples import ACCOUNT, ACCOUNT_ID, ADHERENT, DELEGATION_ID, SEALED, SESSION_ID
from contracts.fields import ADDRESS, SEALED_TEXT, WORD, AccountState, AdherentRef, Name, optional, required
from contracts.words.bank_details import CodeFor
from contracts.words.kinds import Kind
from contracts.words.statuses import AccountStatus


class BeneficiaryIdentifiedData(Schema):
    """`delegation_id` is for this account, whose owner proved the address. `version`: of the account when it was said,
    the order of its own events, so that older word of it is known as such (K1); events of before have none."""

    delegation_id = required(fields.UUID)
    account_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    nom = required(Name)
    prenom = required(Name)
    already_known = required(fields.Bool)
    version = fields.Int(strict=True)


class InvitationIssuedData(Schema):
    """A link that invites. `sealed` opens to {"token": …} and is opened only to write the message (G41).

    `already_known`: who reads the mailbox has an account, and accepts with it. Told to notification alone.
    `kind` and `starts_on` are the delegation's; the names are those by which the caisse knows a founding administrator,
    null for anybody else.
    """

    invitation_id = required(fields.UUID)
    delegation_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    adherent = required(fields.Nested, nested=AdherentRef)
    expires_at = required(fields.AwareDateTime)
    sealed = required(fields.Str, validate=SEALED_TEXT)
    already_known = fields.Bool()
    kind = fields.Str(validate=validate.OneOf(tuple(Kind)))
    starts_on = fields.Date()
    nom = Name(allow_none=True)
    prenom = Name(allow_none=True)


class PasswordResetRequestedData(Schema):
    """A link to choose a new password (G57). `sealed` opens to {"token": …}."""

    request_id = required(fields.UUID)
    account_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    prenom = optional(Name)
    expires_at = required(fields.AwareDateTime)
    sealed = required(fields.Str, validate=SEALED_TEXT)


class PasswordChangedData(Schema):
    """The password of an account was changed or reset; its owner is told (AA16). `former_email`: the address that the
    account had a moment ago and that can still take it back (T5); null, and absent from events of before, else."""

    account_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    prenom = optional(Name)
    changed_at = required(fields.AwareDateTime)
    former_email = fields.Str(allow_none=True, validate=ADDRESS)


class NewBrowserUsedData(Schema):
    """A login from a browser that the owner never used: which, in words of ours, and the network of its address."""

    account_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    prenom = optional(Name)
    browser = optional(fields.Str, validate=WORD)
    address = optional(fields.Str, validate=WORD)
    logged_in_at = required(fields.AwareDateTime)


class LoginsRefusedData(Schema):
    """So many logins in a row were refused at the address of an account; told once a day at most."""

    account_id = required(fields.UUID)
    email = required(fields.Str, validate=ADDRESS)
    prenom = optional(Name)
    refused = required(fields.Int, strict=True)
    last_refused_at = required(fields.AwareDateTime)


class MobileCodeIssuedData(Schema):
    """A code to certify a mobile number (G50, C5), or `purpose`: events of before certify. `sealed` opens to
    {"code": …}; after `expires_at` it is not sent."""

    code_id = required(fields.UUID)
    account_id = required(fields.UUID)
    telephone_mobile = required(fields.Str, validate=WORD)
    expires_at = required(fields.AwareDateTime)
    sealed = required(fields.Str, validate=SEALED_TEXT)
    purpose = fields.Str(validate=validate.OneOf(tuple(CodeFor)))


class SessionRevokedData(Schema):
    """A session ended before its time (logout, password change, account disabled): its tokens are dead at once."""

    session_id = required(fields.UUID)
    account_id = required(fields.UUID)
    revoked_at = required(fields.AwareDateTime)


ACCOUNT_COMPLETED = EventCard(
    type="account.completed.v1",
    says="The owner of an address completed an account from the link of an invitation (G44–G51).",
    producer="identity",
    consumers=("delegation", "notification", "contact"),
    key="account_id",
    personal_data=True,
    since="2026-11",
    schema=AccountState,
    example={**ACCOUNT, "status": AccountStatus.COMPLETE},
)

ACCOUNT_UPDATED = EventCard(
    type="account.updated.v1",
    says="An account changed: activated, disabled, its address or its contact details edited (G73–G77).",
    producer="identity",
    consumers=("delegation", "notification", "contact"),
    key="account_id",
    personal_data=True,
    since="2026-11",
    schema=AccountState,
    example=ACCOUNT,
)

BENEFICIARY_IDENTIFIED = EventCard(
    type="beneficiary.identified.v1",
    says="The beneficiary of a delegation acted: he completed his account, or accepted with the one he had (T1).",
    producer="identity",
    consumers=("delegation",),
    key="delegation_id",
    personal_data=True,
    since="2026-11",
    schema=BeneficiaryIdentifiedData,
    example={
        "delegation_id": DELEGATION_ID,
        "account_id": ACCOUNT_ID,
        "email": "comptable@example.com",
        "nom": "Martin",
        "prenom": "Claire",
        "already_known": False,
        "version": 2,
    },
)

INVITATION_ISSUED = EventCard(
    type="invitation.issued.v1",
    says="A link was made for the beneficiary of a delegation, who completes an account or accepts (G40–G43, T1).",
    producer="identity",
    consumers=("notification",),
    key="invitation_id",
    personal_data=True,
    since="2026-11",
    schema=InvitationIssuedData,
    example={
        "invitation_id": "01930000-0000-7000-8000-0000000000e1",
        "delegation_id": DELEGATION_ID,
        "email": "comptable@example.com",
        "adherent": ADHERENT,
        "expires_at": "2026-11-30T09:00:00+00:00",
        "sealed": SEALED,
        "already_known": False,
        "kind": Kind.CABINET,
        "starts_on": "2026-11-23",
        "nom": None,
        "prenom": None,
    },
)

PASSWORD_RESET_REQUESTED = EventCard(
    type="password_reset.requested.v1",
    says="The owner of an account asked for a link to choose a new password (G57).",
    producer="identity",
    consumers=("notification",),
    key="request_id",
    personal_data=True,
    since="2026-11",
    schema=PasswordResetRequestedData,
    example={
        "request_id": "01930000-0000-7000-8000-0000000000e2",
        "account_id": ACCOUNT_ID,
        "email": "comptable@example.com",
        "prenom": "Claire",
        "expires_at": "2026-11-23T10:00:00+00:00",
        "sealed": SEALED,
    },
)

PASSWORD_CHANGED = EventCard(
    type="password.changed.v1",
    says="The password of an account was changed or reset (AA16).",
    producer="identity",
    consumers=("notification",),
    key="account_id",
    personal_data=True,
    since="2026-11",
    schema=PasswordChangedData,
    example={
        "account_id": ACCOUNT_ID,
        "email": "comptable@example.com",
        "prenom": "Claire",
        "changed_at": "2026-11-23T09:00:00+00:00",
        "former_email": None,
    },
)

NEW_BROWSER_USED = EventCard(
    type="new_browser.used.v1",
    says="Somebody logged in from a browser that the owner of the account never used; he is told (ASVS 6.3.5).",
    producer="identity",
    consumers=("notification",),
    key="account_id",
    personal_data=True,
    since="2026-11",
    schema=NewBrowserUsedData,
    example={
        "account_id": ACCOUNT_ID,
        "email": "comptable@example.com",
        "prenom": "Claire",
        "browser": "Firefox sur Windows",
        "address": "203.0.113.x",
        "logged_in_at": "2026-11-23T09:00:00+00:00",
    },
)

LOGINS_REFUSED = EventCard(
    type="logins.refused.v1",
    says="Logins to an account were refused one after the other; its owner is told, once a day at most (C6).",
    producer="identity",
    consumers=("notification",),
    key="account_id",
    personal_data=True,
    since="2026-11",
    schema=LoginsRefusedData,
    example={
        "account_id": ACCOUNT_ID,
        "email": "comptable@example.com",
        "prenom": "Claire",
        "refused": 5,
        "last_refused_at": "2026-11-23T09:00:00+00:00",
    },
)

MOBILE_CODE_ISSUED = EventCard(
    type="mobile_code.issued.v1",
    says="A six-digit code was made to certify a mobile number (G50, G77, C5), or to ask for new bank details (G78).",
    producer="identity",
    consumers=("notification",),
    key="code_id",
    personal_data=True,
    since="2026-11",
    schema=MobileCodeIssuedData,
    example={
        "code_id": "01930000-0000-7000-8000-0000000000e3",
        "account_id": ACCOUNT_ID,
        "telephone_mobile": "+33639980001",
        "expires_at": "2026-11-23T09:10:00+00:00",
        "sealed": SEALED,
        "purpose": CodeFor.CERTIFICATION,
    },
)

SESSION_REVOKED = EventCard(
    type="session.revoked.v1",
    says="A session is dead before its tokens expire; every service refuses them from now on.",
    producer="identity",
    consumers=("delegation", "notification", "dsn", "contact"),
    key="session_id",
    personal_data=False,
    since="2026-11",
    schema=SessionRevokedData,
    example={
        "session_id": SESSION_ID,
        "account_id": ACCOUNT_ID,
        "revoked_at": "2026-11-23T09:00:00+00:00",
    },
    urgent=True,
)

CARDS = (
    ACCOUNT_COMPLETED,
    ACCOUNT_UPDATED,
    BENEFICIARY_IDENTIFIED,
    INVITATION_ISSUED,
    PASSWORD_RESET_REQUESTED,
    PASSWORD_CHANGED,
    NEW_BROWSER_USED,
    LOGINS_REFUSED,
    MOBILE_CODE_ISSUED,
    SESSION_REVOKED,
)

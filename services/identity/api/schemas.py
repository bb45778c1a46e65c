"""The shapes of identity's requests and answers. An unknown property is refused (AA51); rules are the domain's."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from contracts.rules.names import FORBIDDEN
from services.identity.domain.address import LONGEST, has_control

TOKEN = validate.Length(max=200)
# Far above what the domain allows, whose sentences say the true limit: what is longer is no form of ours.
FAR = 1_000


def _one_line(text: str) -> None:
    if has_control(text):
        raise ValidationError(FORBIDDEN)


def email() -> fields.Str:
    """An address as typed; whether it is one is never told."""
    return fields.Str(required=True, validate=[validate.Length(max=LONGEST), _one_line])


def secret() -> fields.Str:
    """A link token or the opaque id of a session."""
    return fields.Str(required=True, validate=TOKEN)


def password() -> fields.Str:
    """A password as typed, current or chosen."""
    return fields.Str(required=True, validate=validate.Length(max=FAR))


def detail(**options: Any) -> fields.Str:
    """A name or a number as typed."""
    return fields.Str(validate=validate.Length(max=FAR), **options)


def written_moment(**options: Any) -> fields.Str:
    """A moment that the use case wrote already."""
    return fields.Str(metadata={"format": "date-time"}, **options)


class LoginSchema(Schema):
    """« Connexion » (G56); `browser`: the token by which the browser is known again, if it carries one."""

    email = email()
    mot_de_passe = password()
    browser = fields.Str(load_default=None, allow_none=True, validate=TOKEN)


class SessionSchema(Schema):
    """The opaque id of a session."""

    session = secret()


class ActOfSessionSchema(SessionSchema):
    """The session, and the key of the form that uses it: the same form again is given the id that it gave (C3)."""

    act = fields.UUID()


class ReauthenticationSchema(ActOfSessionSchema):
    """The password again (C8)."""

    mot_de_passe = password()


class ShownAccountSchema(Schema):
    """Who is welcomed."""

    account_id = fields.UUID()
    email = fields.Str()
    nom = fields.Str()
    prenom = fields.Str()
    previous_login_at = written_moment(allow_none=True)


class TokenAnswerSchema(Schema):
    """A token of a live session."""

    access_token = fields.Str()
    expires_in = fields.Int()
    session_expires_at = written_moment()
    account = fields.Nested(ShownAccountSchema)


class ExchangeAnswerSchema(TokenAnswerSchema):
    """The same, with the session's own id where the one given was ended by the very form that asks (C3), else null."""

    session = fields.Str(allow_none=True)


class LoginAnswerSchema(TokenAnswerSchema):
    """A new session with its first token."""

    session = fields.Str()


class LiveSessionSchema(Schema):
    """One of one's own sessions; `session_id` names it and opens nothing. From where it was opened, null if unknown."""

    session_id = fields.UUID()
    created_at = fields.AwareDateTime()
    seen_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    current = fields.Bool()
    browser = fields.Str(allow_none=True)
    address = fields.Str(allow_none=True)


class ContactSchema(Schema):
    """« Informations de contact » (G47, G76)."""

    nom = detail(required=True)
    prenom = detail(required=True)
    telephone_fixe = detail(load_default=None, allow_none=True)
    telephone_mobile = detail(load_default=None, allow_none=True)


class AccountSchema(ContactSchema):
    """« Connexion et contact » (G73). `newsletter`: the consent of the opening (G48), at `completed_at`;
    `mobile_usable_…`: when the certified number proves who asks for new bank details (G78)."""

    account_id = fields.UUID()
    email = fields.Str()
    mobile_certified_at = fields.AwareDateTime(allow_none=True)
    email_certified_at = fields.AwareDateTime(allow_none=True)
    certified_until = fields.AwareDateTime(allow_none=True)
    mobile_usable_from = fields.AwareDateTime(allow_none=True)
    mobile_usable_until = fields.AwareDateTime(allow_none=True)
    newsletter = fields.Bool()
    completed_at = fields.AwareDateTime(allow_none=True)
    version = fields.Int()


class ChosenPasswordSchema(Schema):
    """A password chosen twice (G46)."""

    mot_de_passe = password()
    confirmation = password()


class PasswordChangeSchema(ChosenPasswordSchema):
    """« Modifier mot de passe » (G74)."""

    mot_de_passe_actuel = password()


class IdentifierChangeSchema(Schema):
    """« Modifier identifiant » (G75)."""

    email = email()
    mot_de_passe_actuel = password()


class ChangeShownSchema(Schema):
    """The change that its former address can undo."""

    email = fields.Str()
    new_email = fields.Str()
    proved = fields.Bool()


class CodeSchema(Schema):
    """The code received by SMS (G77)."""

    code = fields.Str(required=True, validate=validate.Length(max=60))


class MaskedSchema(Schema):
    """Where the code went."""

    masked = fields.Str()


class TokenSchema(Schema):
    """The token of a link."""

    token = secret()


class CompletionSchema(ContactSchema, ChosenPasswordSchema, TokenSchema):
    """« Ouverture de délégation » (G44–G48)."""

    newsletter = fields.Bool(load_default=False)


class CompletedSchema(Schema):
    """Whether a founding administrator's account was completed."""

    founder = fields.Bool()


class EmailSchema(Schema):
    """« Mot de passe oublié ? » (G57)."""

    email = email()


class AskedBeforeSchema(SessionSchema, EmailSchema):
    """A session that asked for another identifiant, and which."""


class EmailShownSchema(Schema):
    """Whose password it is, or which address is proved."""

    email = fields.Str()


class MessageSchema(Schema):
    """A sentence for the person."""

    message = fields.Str()


class ResetSchema(ChosenPasswordSchema, TokenSchema):
    """The form behind the link of a forgotten password."""


class ClientCredentialsSchema(Schema):
    """OAuth 2.0 client credentials; the client may also come in the Authorization header."""

    grant_type = fields.Str(required=True, validate=[validate.Length(max=50), validate.Equal("client_credentials")])
    client_id = fields.Str(load_default="", validate=validate.Length(max=64))
    client_secret = fields.Str(load_default="", validate=TOKEN)
    scope = fields.Str(load_default="", validate=validate.Length(max=500))


class MachineTokenSchema(Schema):
    """A token of a machine client."""

    access_token = fields.Str()
    token_type = fields.Str()
    expires_in = fields.Int()
    scope = fields.Str()


class KeySchema(Schema):
    """A public key (RFC 7517)."""

    kid = fields.Str()
    kty = fields.Str()
    crv = fields.Str()
    x = fields.Str()
    y = fields.Str()
    use = fields.Str()
    alg = fields.Str()


class KeysSchema(Schema):
    """The public keys that tokens are verified with; the former one is among them for a while."""

    keys = fields.List(fields.Nested(KeySchema))

"""The shapes that several events share. Dates are days in Europe/Paris, instants are UTC (T10)."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from backbone import french
from contracts.rules.names import cleaned_name
from contracts.words.statuses import AccountStatus

# A part of an event that delegation answers, or takes, over HTTP too speaks to people.
french.install()

# How long a text may be, at least what the HTTP sides and the columns take of the like (C11): beyond, whoever sent it
# meant no good, and it is put aside.
WORD, ADDRESS, TITLE, FILE_NAME = (validate.Length(max=longest) for longest in (100, 254, 300, 300))
NAME, SEALED_TEXT, TEXT = (validate.Length(max=longest) for longest in (200, 8_000, 10_000))


class Name(fields.Str):
    """The name of a person or of a company, bounded, made safe as it is read: whatever another program announced,
    nothing in it hides, turns round or becomes a link (AA47)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, validate=NAME)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return cleaned_name(super()._deserialize(value, attr, data, **kwargs))


def required(field: type[fields.Field[Any]], **options: Any) -> fields.Field[Any]:
    """A field that must be there and not be null."""
    return field(required=True, **options)


def optional(field: type[fields.Field[Any]], **options: Any) -> fields.Field[Any]:
    """A field that must be there and may be null: a state says « none », it does not leave out."""
    return field(required=True, allow_none=True, **options)


class Person(Schema):
    """Somebody to write to."""

    email = required(fields.Str, validate=ADDRESS)
    nom = optional(Name)
    prenom = optional(Name)


class AdherentRef(Schema):
    """What a mail or a page says of an adhérent."""

    adherent_id = required(fields.UUID)
    caisse = required(fields.Str, validate=WORD)
    identifiant = required(fields.Str, validate=WORD)
    raison_sociale = required(Name)
    siren = required(fields.Str, validate=WORD)


class Site(Schema):
    """One site déclarant. `due_day` 5, 15 or 20; `first_period` and `last_period` are « AAAA-MM »."""

    site_id = required(fields.UUID)
    siret = required(fields.Str, validate=WORD)
    nom = required(Name)
    due_day = required(fields.Int, validate=validate.OneOf((5, 15, 20)))
    first_period = required(fields.Str, validate=WORD)
    last_period = optional(fields.Str, validate=WORD)


class AdherentState(AdherentRef):
    """An adhérent with all its sites, as the caisse's referential has it."""

    sites = required(fields.List, cls_or_instance=fields.Nested(Site))


class AccountState(Schema):
    """An account as other services may know it: never a password, a token or a code."""

    account_id = required(fields.UUID)
    status = required(fields.Str, validate=validate.OneOf(tuple(AccountStatus)))
    email = required(fields.Str, validate=ADDRESS)
    nom = optional(Name)
    prenom = optional(Name)
    telephone_fixe = optional(fields.Str, validate=WORD)
    telephone_mobile = optional(fields.Str, validate=WORD)
    mobile_certified = required(fields.Bool)

"""The profiles of a company: rights that its administrators keep under a name (decision 63)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from backbone.web import blueprint, perform, principal, query, require_version, signed_in
from services.delegation.domain.profile import LONGEST
from services.delegation.queries.kept_profiles import kept_profiles
from services.delegation.use_cases.forget_profile import ForgetProfile, forget_profile
from services.delegation.use_cases.rename_profile import RenameProfile, rename_profile
from services.delegation.use_cases.store_profile import StoreProfile, store_profile

blp = blueprint("profiles", url_prefix="/v1")
ALL = "/adherents/<uuid:adherent_id>/profiles"
ONE = f"{ALL}/<uuid:profile_id>"
SHORT = validate.Length(max=50)


class ProfileNameSchema(Schema):
    """What it is called; no two of an adhérent are called alike."""

    name = fields.Str(required=True, validate=validate.Length(max=LONGEST))


class NewProfileSchema(ProfileNameSchema):
    """And what it gives: the matrix as an opening sends it, without days."""

    administrator = fields.Bool(required=True)
    colleges = fields.List(fields.Str(validate=SHORT), required=True, validate=validate.Length(max=20))
    rights = fields.Dict(keys=fields.Str(validate=SHORT), values=fields.Str(validate=SHORT), required=True)


class ProfileIdSchema(Schema):
    """The profile that was kept."""

    profile_id = fields.UUID()


class ProfileSchema(ProfileIdSchema):
    """One profile."""

    name = fields.Str()
    version = fields.Int()
    administrator = fields.Bool()
    colleges = fields.List(fields.Str())
    rights = fields.Dict(keys=fields.Str(), values=fields.Str())


class ProfilesSchema(Schema):
    """All that an adhérent keeps, by name."""

    items = fields.List(fields.Nested(ProfileSchema))
    may_keep = fields.Bool()


@blp.get(ALL)
@signed_in
@blp.response(200, ProfilesSchema)
def list_all(adherent_id: UUID) -> Any:
    """« Profils »."""
    return query(kept_profiles, account_id=principal().account_id, adherent_id=adherent_id)


@blp.post(ALL)
@signed_in
@blp.arguments(NewProfileSchema)
@blp.response(201, ProfileIdSchema)
def store(body: dict[str, Any], adherent_id: UUID) -> Any:
    """Keep these rights under that name."""
    return perform(store_profile, StoreProfile(principal().account_id, adherent_id, **body))


@blp.post(f"{ONE}/name")
@signed_in
@blp.arguments(ProfileNameSchema)
@blp.response(204)
def rename(body: dict[str, Any], adherent_id: UUID, profile_id: UUID) -> None:
    """Another name."""
    shown = (principal().account_id, adherent_id, profile_id, require_version())
    perform(rename_profile, RenameProfile(*shown, **body))


@blp.post(f"{ONE}/end")
@signed_in
@blp.response(204)
def forget(adherent_id: UUID, profile_id: UUID) -> None:
    """Delete it."""
    shown = (principal().account_id, adherent_id, profile_id, require_version())
    perform(forget_profile, ForgetProfile(*shown))

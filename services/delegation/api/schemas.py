"""What comes in and goes out over HTTP. An unknown property is refused (AA51); rules live in the domain."""

import dataclasses
from typing import Any

from marshmallow import Schema, fields, post_load, validate
from webargs.fields import DelimitedList

from backbone.web import PlainInt, page_args, page_schema
from contracts import terms
from contracts.words.kinds import GIVEN, Role
from contracts.words.statuses import Statut
from services.delegation.domain.addresses import LONGEST as LONGEST_ADDRESS
from services.delegation.domain.grant import Terms
from services.delegation.queries.beneficiaries import SORTABLE
from services.delegation.queries.sites_page import SORTS

SHORT = validate.Length(max=50)
TEXT = validate.Length(max=100)


def _either_way(names: object) -> validate.OneOf:
    """A sort by one of `names`, ascending, or descending with a minus (AA48)."""
    return validate.OneOf([f"{sign}{name}" for name in names for sign in ("", "-")])  # type: ignore[attr-defined]


class DayFilter(fields.Date):
    """A day typed into a filter; an empty box filters nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return None if value == "" else super()._deserialize(value, attr, data, **kwargs)


class GrantSchema(terms.Terms):
    """Steps 1 and 2 of « Déléguer des droits », without the address. What no matrix has, its rules tell in words."""

    ends_on = fields.Date(load_default=None, allow_none=True)
    colleges = fields.List(fields.Str(validate=SHORT), required=True, validate=validate.Length(max=20))
    rights = fields.Dict(keys=fields.Str(validate=SHORT), values=fields.Str(validate=SHORT), required=True)

    @post_load
    def _as_terms(self, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        """What is granted is one thing of the command."""
        names = {one.name for one in dataclasses.fields(Terms)}
        rest = {name: value for name, value in body.items() if name not in names}
        return {**rest, "terms": Terms(**{name: value for name, value in body.items() if name in names})}


class ChangeDelegationSchema(GrantSchema):
    """Modification: the end is said, a day or null for none; what is left out must not erase the one there is."""

    ends_on = fields.Date(required=True, allow_none=True)


class OpenDelegationSchema(GrantSchema):
    """Both steps."""

    email = fields.Str(required=True, validate=validate.Length(max=LONGEST_ADDRESS))
    kind = fields.Str(required=True, validate=validate.OneOf(GIVEN))


class ClosingSchema(Schema):
    """Fermeture: at once, or after a last day. A day that could not be read (null) is no order to close at once."""

    ends_on = fields.Date(load_default=None, allow_none=False)


class DelegationIdSchema(Schema):
    """The delegation that was opened."""

    delegation_id = fields.UUID()


class DelegationPlaceSchema(DelegationIdSchema):
    """Where a delegation belongs."""

    adherent_id = fields.UUID()


class InvitationSchema(Schema):
    """What happened to the invitation of a pending delegation, and when the next one leaves by itself (K6)."""

    sent_at = fields.AwareDateTime(allow_none=True)
    failed_at = fields.AwareDateTime(allow_none=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    expires_at = fields.AwareDateTime(allow_none=True)
    next_at = fields.AwareDateTime(allow_none=True)
    waits_for = fields.Str(allow_none=True)


class DelegationLineSchema(DelegationIdSchema, terms.Days):
    """What the list and the page of one delegation both show."""

    role = fields.Str()
    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    statut = fields.Str()
    statut_detail = fields.Str(allow_none=True)
    invitation = fields.Nested(InvitationSchema, allow_none=True)
    email = fields.Str()
    version = fields.Int()
    actions = fields.List(fields.Str())
    a_revoir = fields.Bool()
    prolongation_until = fields.Date(allow_none=True)


class DelegationItemSchema(DelegationLineSchema):
    """A line of the list of beneficiaries (G12)."""


class DelegationDetailSchema(DelegationLineSchema, terms.Terms):
    """A delegation with all that it grants."""

    kind = fields.Str()
    opened_at = fields.AwareDateTime()
    completed_at = fields.AwareDateTime(allow_none=True)
    confirmed_at = fields.AwareDateTime(allow_none=True)
    refused_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    opened_by = fields.Str(allow_none=True)
    below = fields.Int()
    left_to_review = fields.Int()
    unavailable = fields.Dict(keys=fields.Str(), values=fields.Str())


class SiteItemSchema(Schema):
    """A line of the choice screen (G61); the alerts are the dsn service's."""

    site_id = fields.UUID()
    siret = fields.Str()
    nom = fields.Str()
    adherent_id = fields.UUID()
    raison_sociale = fields.Str()
    identifiant = fields.Str()


class AdherentSchema(Schema):
    """Who a company is."""

    adherent_id = fields.UUID()
    identifiant = fields.Str()
    raison_sociale = fields.Str()
    siren = fields.Str()
    caisse = fields.Str()


class PersonSchema(Schema):
    """What a person is called."""

    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)


class PeopleArgs(Schema):
    """Whom one asks for: as many as one page of ours names, each by the account."""

    ids = DelimitedList(fields.UUID(), required=True, validate=validate.Length(1, 30))


class NamedPersonSchema(PersonSchema):
    """And who that is."""

    account_id = fields.UUID()


class PeopleSchema(Schema):
    """What people are called, those of them who are of the adhérent."""

    items = fields.List(fields.Nested(NamedPersonSchema))


class AccessSchema(DelegationIdSchema):
    """What the account may do."""

    administrator = fields.Bool()
    colleges = fields.List(fields.Str())
    rights = fields.Dict(keys=fields.Str(), values=fields.Str())
    role = fields.Str()
    kind = fields.Str()
    ends_on = fields.Date(allow_none=True)


class SiteSchema(SiteItemSchema):
    """One site, its adhérent, what the account may do there, and whether it may enter other sites (G67)."""

    adherent = fields.Nested(AdherentSchema)
    access = fields.Nested(AccessSchema)
    has_others = fields.Bool()


class LabelSchema(Schema):
    """A code and its French label."""

    code = fields.Str()
    label = fields.Str()


class GroupSchema(Schema):
    """A « Regroupement » of the matrix."""

    label = fields.Str()
    functions = fields.List(fields.Nested(LabelSchema))


class CatalogueSchema(Schema):
    """The functions and the collèges."""

    groups = fields.List(fields.Nested(GroupSchema))
    colleges = fields.List(fields.Nested(LabelSchema))


class StartImportSchema(Schema):
    """A file that is going to be sent."""

    format = fields.Str(required=True, validate=validate.OneOf(("csv", "jsonl")))
    name = fields.Str(required=True, validate=validate.Length(min=1, max=200))


class ImportIdSchema(Schema):
    """The import that started."""

    import_id = fields.UUID()


class FirstLineSchema(Schema):
    """The file's number of the first line of data of a chunk."""

    first = PlainInt(required=True, validate=validate.Range(1, 1_000_000_000))


class RejectionSchema(Schema):
    """A line to correct."""

    line = fields.Int()
    code = fields.Str()
    message = fields.Str()


class ChunkReportSchema(Schema):
    """What became of a chunk."""

    created = fields.Int()
    updated = fields.Int()
    unchanged = fields.Int()
    rejected = fields.List(fields.Nested(RejectionSchema))


class ImportSchema(ImportIdSchema):
    """The totals of an import."""

    name = fields.Str()
    format = fields.Str()
    started_at = fields.AwareDateTime()
    last_at = fields.AwareDateTime(allow_none=True)
    created = fields.Int()
    updated = fields.Int()
    unchanged = fields.Int()
    rejected = fields.Int()


SitesPage = page_schema(SiteItemSchema)
SitesArgs = page_args(
    search=fields.Str(load_default=None, validate=TEXT),
    sort=fields.Str(load_default="raison_sociale", validate=_either_way(SORTS)),
)
BeneficiariesPage = page_schema(DelegationItemSchema)
BeneficiariesArgs = page_args(
    default=5,
    apres=fields.UUID(load_default=None),
    avant=fields.UUID(load_default=None),
    repere=PlainInt(load_default=None, validate=validate.Range(1, 1_000_000)),
    role=fields.Str(validate=validate.OneOf(["", *Role])),
    statut=fields.Str(validate=validate.OneOf(["", *Statut])),
    nom=fields.Str(validate=TEXT),
    courriel=fields.Str(validate=validate.Length(max=LONGEST_ADDRESS)),
    date_effet=DayFilter(),
    date_fin=DayFilter(),
    exclure_inactifs=fields.Bool(load_default=False, falsy={*fields.Bool.falsy, ""}),
    a_revoir=fields.Bool(load_default=False, falsy={*fields.Bool.falsy, ""}),
    tri=fields.Str(load_default="nom", validate=_either_way(SORTABLE)),
)


class HeldAccessSchema(DelegationPlaceSchema):
    """One access, as the events of its delegation say it."""

    sequence = fields.Int()
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    open = fields.Bool()
    administrator = fields.Bool()
    colleges = fields.List(fields.Str())
    rights = fields.Dict(keys=fields.Str(), values=fields.Str())


HeldAccessesSchema = Schema.from_dict(
    {"epoch": fields.Int(), "items": fields.List(fields.Nested(HeldAccessSchema))}, name="HeldAccesses"
)

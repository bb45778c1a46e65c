"""An adhérent and the list of its beneficiaries (G9–G23)."""

from typing import Any
from uuid import UUID

from backbone.web import blueprint, principal, query, signed_in
from services.delegation.api.adherent_schemas import AdherentCardSchema
from services.delegation.api.asking import counted
from services.delegation.api.schemas import (
    BeneficiariesArgs,
    BeneficiariesPage,
    DelegationIdSchema,
    OpenDelegationSchema,
    PeopleArgs,
    PeopleSchema,
    PersonSchema,
)
from services.delegation.queries.adherent_card import adherent_card
from services.delegation.queries.beneficiaries import beneficiaries
from services.delegation.queries.people import people
from services.delegation.queries.person import person
from services.delegation.steps.opening import OpenDelegation
from services.delegation.use_cases.admit_opening import admit_opening
from services.delegation.use_cases.open_delegation import open_delegation

blp = blueprint("adherents", url_prefix="/v1/adherents/<uuid:adherent_id>")


@blp.get("")
@signed_in
@blp.response(200, AdherentCardSchema)
def get_adherent(adherent_id: UUID) -> Any:
    """The company and its accounting firm."""
    return query(adherent_card, account_id=principal().account_id, adherent_id=adherent_id)


@blp.get("/people")
@signed_in
@blp.arguments(PeopleArgs, location="query")
@blp.response(200, PeopleSchema)
def get_people(args: dict[str, Any], adherent_id: UUID) -> Any:
    """What several people of the adhérent are called, for another one of them."""
    return query(people, account_id=principal().account_id, adherent_id=adherent_id, asked=args["ids"])


@blp.get("/people/<uuid:person_id>")
@signed_in
@blp.response(200, PersonSchema)
def get_person(adherent_id: UUID, person_id: UUID) -> Any:
    """What a person of the adhérent is called, for another one of them: the gateway of the version before asks so."""
    return query(person, account_id=principal().account_id, adherent_id=adherent_id, asked=person_id)


@blp.get("/delegations")
@signed_in
@blp.arguments(BeneficiariesArgs, location="query")
@blp.response(200, BeneficiariesPage)
def list_delegations(args: dict[str, Any], adherent_id: UUID) -> Any:
    """The beneficiaries, as the administrator asks for them."""
    return query(beneficiaries, account_id=principal().account_id, adherent_id=adherent_id, **args)


@blp.post("/delegations")
@signed_in
@blp.arguments(OpenDelegationSchema)
@blp.response(201, DelegationIdSchema)
def open_one(body: dict[str, Any], adherent_id: UUID) -> Any:
    """« Déléguer des droits »; an administrator's needs a password given a moment ago (C8)."""
    me = principal()
    asked = OpenDelegation(me.account_id, adherent_id, me.authenticated_at, **body)
    return counted(admit_opening, open_delegation, asked)

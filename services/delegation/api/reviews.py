"""The review of an adhérent's delegations: what is reviewed, and the answers of one form, all or none."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from backbone.web import PlainInt, blueprint, page_args, page_schema, perform, principal, query, signed_in
from contracts import terms
from contracts.words.review import MOST_ANSWERS, Answer
from services.delegation.api.schemas import SHORT, DelegationIdSchema
from services.delegation.queries.review import review
from services.delegation.use_cases.review_delegations import Answered, ReviewDelegations, review_delegations

blp = blueprint("reviews", url_prefix="/v1/adherents/<uuid:adherent_id>")


class ReviewLineSchema(DelegationIdSchema, terms.Terms):
    """A delegation to review: what it gives, the last day of use of each right (those never used are absent), who
    answered for it last, and why it is due (null: it is not)."""

    role = fields.Str()
    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    email = fields.Str()
    statut = fields.Str()
    version = fields.Int()
    used = fields.Dict(keys=fields.Str(), values=fields.Date())
    reviewed_at = fields.AwareDateTime(allow_none=True)
    reviewed_by = fields.Str(allow_none=True)
    due = fields.Str(allow_none=True)


ReviewPage = page_schema(ReviewLineSchema)
ReviewArgs = page_args(
    default=10,
    largest=MOST_ANSWERS,
    a_revoir=fields.Bool(load_default=False, falsy={*fields.Bool.falsy, ""}),
)


class AnsweredSchema(Schema):
    """What becomes of one delegation, on the version that was shown; `rights`: what a reduction leaves."""

    delegation_id = fields.UUID(required=True)
    version = PlainInt(required=True, validate=validate.Range(min=1))
    answer = fields.Str(required=True, validate=validate.OneOf(tuple(Answer)))
    rights = fields.Dict(
        keys=fields.Str(validate=SHORT),
        values=fields.Str(validate=SHORT),
        load_default=dict,
        validate=validate.Length(max=100),
    )

    @post_load
    def _answered(self, body: dict[str, Any], **_: Any) -> Answered:
        return Answered(**{**body, "answer": Answer(body["answer"])})


class AnswersSchema(Schema):
    """The answers of one form; each delegation once."""

    answers = fields.List(
        fields.Nested(AnsweredSchema), required=True, validate=validate.Length(min=1, max=MOST_ANSWERS)
    )

    @validates_schema
    def _once(self, body: dict[str, Any], **_: Any) -> None:
        ids = [one.delegation_id for one in body.get("answers", ())]
        if len(set(ids)) < len(ids):
            raise ValidationError("Une délégation n'a qu'une réponse.", "answers")


@blp.get("/review")
@signed_in
@blp.arguments(ReviewArgs, location="query")
@blp.response(200, ReviewPage)
def see(args: dict[str, Any], adherent_id: UUID) -> Any:
    """What I review of the adhérent, by name."""
    return query(review, account_id=principal().account_id, adherent_id=adherent_id, **args)


@blp.post("/review")
@signed_in
@blp.arguments(AnswersSchema)
@blp.response(204)
def answer(body: dict[str, Any], adherent_id: UUID) -> None:
    """Garder, réduire, fermer: all of it or nothing; an error names the delegation that it is about."""
    perform(review_delegations, ReviewDelegations(principal().account_id, adherent_id, body["answers"]))

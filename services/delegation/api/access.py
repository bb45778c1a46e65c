"""What an account may do, asked by a service whose projection is too old to decide (docs/decisions/0017)."""

from typing import Any

from flask import jsonify

from backbone.web import blueprint, principal, query, signed_in
from services.delegation.api.schemas import HeldAccessesSchema
from services.delegation.queries.accesses import accesses

blp = blueprint("access")


@blp.get("/access")
@signed_in
@blp.response(200, HeldAccessesSchema)
def list_access() -> Any:
    """My accesses on every adhérent, open or closed, with the sequence of each."""
    return jsonify(query(accesses, account_id=principal().account_id))  # a dump by the schema costs ten times more

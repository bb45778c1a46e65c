"""The caisse replaces the founding administrator of an adhérent: the role that nobody in the company is above."""

from typing import Any

from backbone.web import blueprint, machine, perform, principal
from services.delegation.api_schemas import FounderReplacedSchema, FounderSchema
from services.delegation.use_cases.replace_founder import ReplaceFounder, replace_founder

blp = blueprint("founders", url_prefix="/v1/founders")


@blp.post("")
@machine("founders:write")
@blp.arguments(FounderSchema)
@blp.response(200, FounderReplacedSchema)
def replace(body: dict[str, Any]) -> Any:
    """The former one's delegation ends, the new one is invited. Said again, it changes nothing."""
    return perform(replace_founder, ReplaceFounder(str(principal().client_id), **body))

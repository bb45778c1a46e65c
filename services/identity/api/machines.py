"""For machines: tokens by client credentials, and the public keys that every service verifies tokens with."""

from typing import Any

from flask import jsonify, request

from backbone.rights.tokens import PublicKeys
from backbone.web import accepts, blueprint, perform, public, service
from services.identity.api.proving import client_address
from services.identity.api.schemas import ClientCredentialsSchema, KeysSchema, MachineTokenSchema
from services.identity.domain.machine import AskToken
from services.identity.use_cases.admit_client import admit_client
from services.identity.use_cases.grant_machine_token import grant_machine_token

blp = blueprint("machines")


@blp.post("/token")
@public
@accepts("application/x-www-form-urlencoded", max_bytes=8192)
@blp.arguments(ClientCredentialsSchema, location="form")
@blp.response(200, MachineTokenSchema)
def token(form: dict[str, Any]) -> Any:
    """A token for a machine client (grant_type=client_credentials)."""
    given = request.authorization
    if given is not None and given.type == "basic":
        client_id, client_secret = given.username, given.password
    else:
        client_id, client_secret = form["client_id"], form["client_secret"]
    command = AskToken(client_id or "", client_secret or "", form["scope"], client_address())
    perform(admit_client, command, idempotent=False)
    return perform(grant_machine_token, command, idempotent=False)


@blp.get("/jwks.json")
@public
@blp.response(200, KeysSchema)
def jwks() -> Any:
    """The public keys (RFC 7517)."""
    answer = jsonify(service().port(PublicKeys)())
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer

"""Tokens of the caisse's systems: OAuth 2.0 client credentials, scopes from the settings alone."""

from collections.abc import Mapping
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, same
from contracts.words.services import of_scopes
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.machine import AskToken, MachineClient
from services.identity.domain.ports import Signer
from services.identity.domain.refusals import ClientUnknown, ScopeUnknown
from services.identity.steps import security


def grant_machine_token(
    command: AskToken, *, uow: UnitOfWork, clients: Mapping[str, MachineClient], signer: Signer, lifetimes: Lifetimes
) -> dict[str, Any]:
    """The token. ClientUnknown for a wrong id or secret alike, ScopeUnknown for a scope that is not the client's."""
    client = clients.get(command.client_id)
    if not same(digest(command.client_secret), client.secret_hash if client else digest("")) or client is None:
        security.note(security.LOGIN_FAIL, failed=True, client=client.client_id if client else "-")
        raise ClientUnknown
    scopes = client.granted(command.scope.split())
    if scopes is None:
        raise ScopeUnknown
    security.note(security.TOKEN_CREATED, client=client.client_id)
    issued, life = int(uow.now.timestamp()), int(lifetimes.token.total_seconds())
    scope = " ".join(sorted(scopes))
    times = {"iat": issued, "nbf": issued, "exp": issued + life}
    claims = {"aud": of_scopes(scopes), "sub": client.client_id, "client": True, "scope": scope, **times}
    return {"access_token": signer.sign(claims), "token_type": "Bearer", "expires_in": life, "scope": scope}

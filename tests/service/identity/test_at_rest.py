"""What stays in the tables after a request that carried a secret: nothing that tells it to who guesses (K14)."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests.service.identity.test_account import newest, send

PASSWORD, OTHER = "Vélo-grimpe 7 cols", "Une autre phrase 8!"


def everything(identity) -> str:
    """Every value of every table, as text."""
    engine = identity.under.service.engine
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return "\n".join(
            str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(table.select())
        )


def fast_hashes(path: str, body: bytes) -> list[str]:
    """What somebody with the tables would compute for each password he tries."""
    bare = hashlib.sha256(body).hexdigest()
    return [bare, hashlib.sha256(f"POST /v1{path}?\n{bare}".encode()).hexdigest()]


def test_k14_a_new_password_leaves_no_hash_that_is_quick_to_try(identity):
    identity.active()
    identity.post("/password-resets", {"email": "claire@example.com"})
    identity.under.run_job("answer_resets")
    link = identity.sealed("password_reset.requested.v1")[-1]["token"]
    body = json.dumps({"token": link, "mot_de_passe": OTHER, "confirmation": OTHER}).encode()
    path, key = "/password-resets/complete", str(uuid4())
    headers = {"Idempotency-Key": key, "X-Forwarded-For": "192.0.2.1"}
    sent = {"data": body, "headers": headers, "content_type": "application/json"}
    assert [identity.under.post(f"/v1{path}", **sent).status for _ in range(2)] == [204, 204]
    kept = everything(identity)
    assert not [one for one in (*fast_hashes(path, body), OTHER, link, key, key.replace("-", "")) if one in kept]


def of_an_invitation(identity) -> tuple[str, str, dict[str, Any], str | None]:
    identity.opened()
    form = {"token": identity.link(), "mot_de_passe": OTHER, "confirmation": OTHER, "nom": "Martin", "prenom": "Claire"}
    return "POST", "/invitations/complete", form, None


def of_a_change(identity) -> tuple[str, str, dict[str, Any], str | None]:
    identity.active()
    words = {"mot_de_passe_actuel": PASSWORD, "mot_de_passe": OTHER, "confirmation": OTHER}
    return "PUT", "/account/password", words, identity.login().json["access_token"]


def of_an_identifier(identity) -> tuple[str, str, dict[str, Any], str | None]:
    identity.active()
    body = {"email": "martin@example.com", "mot_de_passe_actuel": PASSWORD}
    return "POST", "/account/identifier", body, identity.login().json["access_token"]


def of_a_code(identity) -> tuple[str, str, dict[str, Any], str | None]:
    account = identity.active()
    send(identity, account)
    return "POST", "/account/mobile/certification", {"code": newest(identity)}, identity.login().json["access_token"]


def of_a_login(identity) -> tuple[str, str, dict[str, Any], str | None]:
    identity.active()
    return "POST", "/sessions", {"email": "claire@example.com", "mot_de_passe": PASSWORD}, None


def quick(text: str) -> set[str]:
    """What a quick hash makes of `text`, as a table may hold it."""
    made = [hashlib.new(name, text.encode()).digest() for name in ("md5", "sha1", "sha256", "sha512")]
    return {one.hex() for one in made} | {str(one) for one in made}


@pytest.mark.parametrize(
    "given", [of_an_invitation, of_a_change, of_an_identifier, of_a_code, of_a_login], ids=lambda one: one.__name__
)
def test_k14_no_body_that_carries_a_secret_leaves_a_quick_hash_of_it(
    identity, given: Callable[[Any], tuple[str, str, dict[str, Any], str | None]]
):
    method, path, told, token = given(identity)
    body, key = json.dumps(told).encode(), str(uuid4())
    sent = {"headers": {"Idempotency-Key": key, "X-Forwarded-For": "192.0.2.1"}, "content_type": "application/json"}
    assert identity.under.call(method, f"/v1{path}", data=body, token=token, **sent).status < 300
    kept = everything(identity)
    secrets = {told[name] for name in ("mot_de_passe", "mot_de_passe_actuel", "code") if name in told}
    bare = hashlib.sha256(body).hexdigest()
    tried = [bare, hashlib.sha256(f"{method} /v1{path}?\n{bare}".encode()).hexdigest(), key, key.replace("-", "")]
    tried += [one for secret in secrets for one in (*quick(secret), secret if len(secret) > 6 else key)]
    assert not [one for one in tried if one in kept]

"""What stays in the tables after a request that carried a secret: nothing that tells it to who guesses (K14)."""

import hashlib
import json
from uuid import uuid4

import sqlalchemy as sa

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

"""The caisse's link to the files of a message (AA6–AA9)."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.testing import ServiceUnderTest
from tests.service.contact.sending import token_of, write
from tests.support.documents import PDF, TEXT

LOOKUP = "/v1/dossiers/lookup"


def test_the_caisse_sees_and_downloads_the_files(under: ServiceUnderTest) -> None:
    write(under, ("bordereau été.pdf", PDF), ("liste.csv", TEXT), objet="Congés")
    token = token_of(under)
    answer = under.post(LOOKUP, json={"token": token})
    assert (answer.json["reference"], answer.json["objet"]) == ("C-2026-000001", "Congés")
    first = answer.json["files"][0]
    file = under.get(f"/v1/dossiers/files/{first['file_id']}", headers={"X-Dossier-Token": token})
    assert file.body == PDF
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "bordereau%20%C3%A9t%C3%A9.pdf" in file.headers["Content-Disposition"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_aa9_looking_five_times_consumes_nothing(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF))
    assert {under.post(LOOKUP, json={"token": token_of(under)}).status for _ in range(5)} == {200}


def test_aa8_any_dead_link_has_one_answer(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF))
    token = token_of(under)
    answers = [under.post(LOOKUP, json={"token": one}) for one in (token[:-1], token + token, "x", "")]
    under.clock.advance(timedelta(days=30))
    answers.append(under.post(LOOKUP, json={"token": token}))
    assert {answer.status for answer in answers} == {410}
    assert {answer.json["detail"] for answer in answers} == {
        "Ce lien n'est plus valable. Vous pouvez en demander un nouveau."
    }


def test_a_link_opens_its_own_message_alone(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF))
    write(under, ("b.pdf", PDF))
    mine, other = token_of(under, 0), token_of(under, 1)
    file_id = under.post(LOOKUP, json={"token": mine}).json["files"][0]["file_id"]
    path = f"/v1/dossiers/files/{file_id}"
    assert under.get(path, headers={"X-Dossier-Token": mine}).status == 200
    assert under.get(path, headers={"X-Dossier-Token": other}).status == 404
    assert under.get(path).status == 410
    assert under.get(f"/v1/dossiers/files/{UUID(int=1)}", headers={"X-Dossier-Token": mine}).status == 404


def test_c4_the_token_is_nowhere_at_rest(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF))
    token = token_of(under)
    with under.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        cells = [str(row) for name in names for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))]
    assert not any(token in cell for cell in cells)


@pytest.mark.parametrize("body", [{}, {"token": 3}, {"token": "x" * 300}, {"token": "x", "autre": 1}])
def test_c2_a_bad_lookup_is_422(under: ServiceUnderTest, body: object) -> None:
    assert under.post(LOOKUP, json=body).status == 422

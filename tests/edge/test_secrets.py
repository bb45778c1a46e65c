"""The token of a mail link is in an address: no log of the edge may keep it (ASVS 14.2.1, 16.2.5)."""

import json

from tests.edge.conftest import Edge
from tests.support.ports import eventually

TOKEN = "Zq3v-9sTtYx0ThisIsASecretOf256Bits_abcdefghi"


def test_the_token_of_a_link_is_in_no_log_when_all_is_well(edge: Edge) -> None:
    for path in (f"/lien/invitation/{TOKEN}", f"/lien/reinitialisation/{TOKEN}?x={TOKEN}", f"/lien/{TOKEN}"):
        edge.client.get(path)
    edge.client.get("/connexion", headers={"Referer": f"{edge.url}/lien/dossier/{TOKEN}"})
    eventually(lambda: edge.log().count("\n") >= 4)
    assert TOKEN not in edge.log()
    assert edge.gateway.reached[0].path == f"/lien/invitation/{TOKEN}"  # the gateway does need it


def test_nor_when_the_gateway_is_away(edge: Edge) -> None:
    edge.gateway.stop()
    assert edge.client.get(f"/lien/invitation/{TOKEN}").status_code == 503
    assert edge.client.get("/connexion").status_code == 503
    eventually(lambda: "connect() failed" in edge.log())  # the error log works, elsewhere
    assert TOKEN not in edge.log()


def test_a_query_which_may_hold_names_and_addresses_is_not_kept(edge: Edge) -> None:
    edge.client.get("/espace/a/b/droits?courriel=claire@example.com&nom=Martin")
    eventually(lambda: "/droits" in edge.log())
    assert "example.com" not in edge.log() and "Martin" not in edge.log()
    line = json.loads(next(line for line in edge.log().splitlines() if "/droits" in line))
    assert line["path"] == "/espace/a/b/droits" and line["status"] == 200 and line["request_id"]

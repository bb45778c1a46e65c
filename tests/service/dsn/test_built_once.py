"""The choice screen asks few statements, built once for everybody (decisions 49 and 67)."""

from backbone.ids import new_id
from tests.service.dsn.system import ACCOUNT
from tests.service.dsn.test_sites import three_sites
from tests.support.statements import built


def test_the_page_of_sites_and_their_alerts_are_built_for_nobody_again(dsn):
    three_sites(dsn)

    def ask():
        answer = dsn.get("/v1/sites", as_=ACCOUNT)
        assert [bool(one["messages"]) for one in answer.json["items"]] == [True, True, False]

    first, again = built(dsn.engine, ask), built(dsn.engine, ask)
    assert len(first) == 3 and [id(one) for one in first] == [id(one) for one in again]
    dsn.get("/v1/sites", as_=new_id())
    assert built(dsn.engine, lambda: dsn.get("/v1/sites", as_=new_id())) == first[:2]

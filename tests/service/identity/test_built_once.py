"""What each page begins with is built once for everybody (decision 49)."""

from tests.support.statements import built


def test_who_opens_a_page_is_asked_by_statements_that_are_built_once(identity):
    identity.active()
    session = identity.login().json["session"]

    def ask():
        assert identity.post("/sessions/token", {"session": session}).status == 200

    first, again = (built(identity.under.engine, ask) for _ in range(2))
    assert first and [id(one) for one in first] == [id(one) for one in again]

"""« Mes sessions » (ASVS 7.5.2): where each was opened, ending one, ending all the others."""

FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"}


def opened(identity, **options):
    body = {"email": "claire@example.com", "mot_de_passe": "Vélo-grimpe 7 cols"}
    return identity.post("/sessions", body, **options).json["access_token"]


def sessions(identity, token):
    return identity.get("/account/sessions", token=token).json["items"]


def test_each_says_where_it_was_opened_and_nothing_more(identity):
    identity.active()
    token = opened(identity, ip="203.0.113.77", headers=FIREFOX)
    (one,) = sessions(identity, token)
    assert (one["browser"], one["address"], one["current"]) == ("Firefox sur Windows", "203.0.113.x", True)
    with identity.under.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM sessions").all())
    assert "Gecko" not in kept and "203.0.113.77" not in kept


def test_what_a_browser_says_of_itself_is_no_text_of_ours(identity):
    identity.active()
    (one,) = sessions(identity, opened(identity, headers={"User-Agent": "<b>Votre caisse</b>: appelez le 08"}))
    assert one["browser"] == "Navigateur non reconnu"


def test_a_session_of_the_version_before_has_no_place(identity):
    identity.active()
    token = opened(identity)
    with identity.under.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sessions SET browser = NULL, address = NULL")
    (one,) = sessions(identity, token)
    assert (one["browser"], one["address"]) == (None, None)


def test_one_is_ended_and_a_stranger_s_is_not(identity):
    identity.active()
    identity.active("autre@example.com")
    mine, other = opened(identity), opened(identity)
    theirs = identity.login("autre@example.com").json["access_token"]
    foreign = sessions(identity, theirs)[0]["session_id"]
    (second,) = [one["session_id"] for one in sessions(identity, mine) if not one["current"]]
    for reference in (second, foreign, second):
        assert identity.post(f"/account/sessions/{reference}/end", token=mine).status == 204
    assert identity.get("/account", token=other).status == 401
    assert [identity.get("/account", token=one).status for one in (mine, theirs)] == [200, 200]


def test_all_the_others_are_ended(identity):
    identity.active()
    others = [opened(identity) for _ in range(3)]
    mine = opened(identity)
    assert identity.post("/account/sessions/end-others", token=mine).status == 204
    assert [one["current"] for one in sessions(identity, mine)] == [True]
    assert {identity.get("/account", token=one).status for one in others} == {401}

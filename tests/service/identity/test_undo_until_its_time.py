"""The link that undoes a change of identifiant acts for its whole time, whatever became of the change (T5)."""

import pytest

from services.identity.domain.link import UseLink
from services.identity.use_cases.lapse_identifiers import lapse_identifiers
from services.identity.use_cases.prove_identifier import prove_identifier

UNDONE = "identifier_change.undone.v1"
OLD, NEW, THIEF = "claire@example.com", "martin@example.com", "voleur@example.com"
OTHER = "Une autre phrase 8!"


def lapsed(identity):
    identity.wait(hours=24)


def taken(identity):
    identity.opened(NEW)


ENDS = pytest.mark.parametrize("end", [lapsed, taken])


def ended(identity, end):
    """A change that `end` ended and whose account was given back: the token of its undo link."""
    _, back = identity.changing()
    end(identity)
    assert identity.under.run_job("lapse_identifiers") == 1
    return back


def looked_up(identity, back):
    return identity.post("/identifier-changes/undo/lookup", {"token": back})


@ENDS
def test_it_ends_the_stolen_password_of_a_change_that_is_over(identity, end):
    back = ended(identity, end)
    thief = identity.login().json
    account = thief["account"]["account_id"]
    identity.post("/account/mobile/code", as_=account)
    assert identity.certify(account, identity.sealed("mobile_code.issued.v1")[-1]["code"]).status == 204
    identity.asked_reset()
    reset = {"token": identity.link("password_reset.requested.v1"), "mot_de_passe": OTHER, "confirmation": OTHER}
    assert looked_up(identity, back).json == {"email": OLD, "new_email": NEW, "proved": False}
    assert [identity.undo(back).status for _ in range(2)] == [204, 410]
    assert identity.login().status == 401
    assert identity.post("/sessions/token", {"session": thief["session"]}).status == 401
    assert identity.post("/password-resets/complete", reset).status == 410
    shown = identity.get("/account", as_=account).json
    assert (shown["email"], shown["telephone_mobile"], shown["mobile_certified_at"]) == (OLD, "+33612345678", None)
    event = identity.recorded(UNDONE)[-1]
    assert (event.data["reason"], event.data["proved"], event.data["email"]) == ("annulation", False, OLD)
    form = {**reset, "token": identity.link(UNDONE)}
    assert identity.post("/password-resets/complete", form).status == 204
    assert identity.login(password=OTHER).status == 201


def test_it_acts_before_the_job_gave_the_account_back(identity):
    _, back = identity.changing()
    taken(identity)
    assert looked_up(identity, back).status == 200
    identity.undo_and_choose(back)
    assert identity.under.run_job("lapse_identifiers") == 0
    assert [event.data["reason"] for event in identity.recorded(UNDONE)] == ["annulation"]
    assert identity.login().status == 201


@ENDS
def test_it_outlives_the_purge_and_dies_at_its_time(identity, end):
    back = ended(identity, end)
    since = 24 if end is lapsed else 0
    identity.wait(hours=71 - since, minutes=59)
    identity.under.run_job("purge")
    assert looked_up(identity, back).status == 200
    identity.wait(minutes=1)
    assert [looked_up(identity, back).status, identity.undo(back).status] == [410, 410]
    identity.wait(days=2, minutes=1)
    assert identity.under.run_job("purge") > 0
    with identity.under.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM identifier_changes").scalar() == 0


@ENDS
@pytest.mark.parametrize("second_is_over", [False, True])
def test_it_ends_the_change_that_whoever_has_the_password_began_since(identity, end, second_is_over):
    back = ended(identity, end)
    assert identity.ask_identifier(identity.login().json["access_token"], THIEF).status == 202
    activation, _ = identity.change_links()
    if second_is_over:
        identity.opened(THIEF)
    identity.undo_and_choose(back)
    assert identity.activate(activation).status == 410
    assert identity.under.run_job("lapse_identifiers") == 0
    assert identity.login().status == 201
    assert identity.ask_identifier(identity.login().json["access_token"], "claire.m@example.com").status == 202


@ENDS
def test_it_takes_nothing_back_from_a_later_change_that_was_proved(identity, end):
    back = ended(identity, end)
    identity.ask_identifier(identity.login().json["access_token"], THIEF)
    activation, own = identity.change_links()
    assert identity.activate(activation).status == 204
    assert [looked_up(identity, back).status, identity.undo(back).status] == [410, 410]
    assert identity.login(THIEF).status == 201
    assert looked_up(identity, own).status == 200
    identity.undo_and_choose(own)
    assert [identity.login(email).status for email in (THIEF, OLD)] == [401, 201]


def test_a_change_that_was_proved_since_the_job_read_it_does_not_lapse(identity):
    activation, _ = identity.changing()
    units = identity.under.unit
    opened = []

    def unit():
        """The job reads the change in its first unit; a proof that began in time is committed before its second."""
        opened.append(1)
        if len(opened) == 2:
            identity.wait(seconds=-1)
            with units() as proof:
                identity.wait(seconds=1)
                prove_identifier(UseLink(activation), uow=proof)
                proof.commit()
        return units()

    identity.wait(hours=24)
    assert lapse_identifiers(units=unit) == 0
    assert len(opened) == 2
    assert identity.recorded(UNDONE) == []
    assert [identity.login(email).status for email in (NEW, OLD)] == [201, 401]

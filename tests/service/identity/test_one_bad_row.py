"""One row that a job cannot do does not stop the others: it is set aside, and comes back (FA17)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.store.tables import APART
from services.identity.storage.tables import delegations
from services.identity.use_cases import lapse_identifiers, recertify

BAD, GOOD = "avant@example.com", "claire@example.com"
INVITED, RESET, DUE = "invitation.issued.v1", "password_reset.requested.v1", "address_certification.requested.v1"


def unreadable(identity, state) -> None:
    """What identity keeps of the adhérent of this delegation cannot be told any more."""
    mine = delegations.c.delegation_id == state["delegation_id"]
    with identity.under.engine.begin() as connection:
        connection.execute(sa.update(delegations).where(mine).values(adherent={}))


def aside(identity, job: str) -> int:
    """How many rows of the job are set aside."""
    query = sa.select(sa.func.count()).where(APART.job_runs.c.name.startswith(f"{job}:", autoescape=True))
    with identity.under.engine.connect() as connection:
        return int(connection.scalar(query) or 0)


def test_a_dead_link_that_cannot_be_renewed(identity):
    links = {}
    for email in (BAD, GOOD):
        state = identity.opened(email)
        links[email] = identity.link()
        if email == BAD:
            unreadable(identity, state)
    identity.under.clear()
    for email in (BAD, GOOD):
        identity.post("/invitations/renew", {"token": links[email]})
    assert identity.under.run_job("answer_renewals") == 1
    assert (identity.told(INVITED), aside(identity, "answer_renewals")) == ([GOOD], 1)


def test_a_forgotten_password_that_cannot_be_answered(identity):
    identity.active(GOOD)
    unreadable(identity, identity.opened(BAD))
    identity.under.clear()
    for email in (BAD, GOOD):
        identity.post("/password-resets", {"email": email})
    assert identity.under.run_job("answer_resets") == 1
    assert (identity.told(RESET), aside(identity, "answer_resets")) == ([GOOD], 1)


def test_what_cannot_be_answered_is_not_asked_for_ever(identity):
    unreadable(identity, identity.opened(BAD))
    identity.post("/password-resets", {"email": BAD})
    identity.under.run_job("answer_resets")
    identity.wait(days=3)
    identity.under.run_job("purge")
    identity.under.run_job("answer_resets")
    with identity.under.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reset_requests").scalar() == 0


def test_an_invitation_whose_time_came_and_that_cannot_be_made(identity):
    states = {email: identity.opened(email) for email in (BAD, GOOD)}
    unreadable(identity, states[BAD])
    identity.under.clear()
    with identity.under.engine.begin() as connection:
        connection.execute(sa.update(delegations).values(next_at=identity.clock.now() - timedelta(hours=1)))
    assert identity.under.run_job("invite_waiting") == 1
    assert (identity.told(INVITED), aside(identity, "invite_waiting")) == ([GOOD], 1)


@pytest.fixture
def failing(monkeypatch):
    """A function of a module that fails for one account, the first that it is asked for."""

    def fail(module, name, of):
        real, bad = getattr(module, name), []

        def once_bad(*args, **kwargs):
            bad.append(of(*args)) if not bad else None
            if of(*args) == bad[0]:
                raise ValueError(bad)
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, once_bad)

    return fail


def test_a_change_of_address_that_cannot_lapse(identity, failing):
    for email in (BAD, GOOD):
        identity.active(email)
        identity.ask_identifier(identity.login(email).json["access_token"], f"autre-{email}")
    identity.wait(hours=25)
    identity.under.clear()
    failing(lapse_identifiers, "activate", lambda email, *_: email)
    assert identity.under.run_job("lapse_identifiers") == 1
    assert (len(identity.recorded("account.updated.v1")), aside(identity, "lapse_identifiers")) == (1, 1)


def test_an_address_that_cannot_be_certified_again(identity, failing):
    for email in (BAD, GOOD):
        identity.active(email)
    identity.wait(days=76)
    failing(recertify, "make_links", lambda rows, *_: rows[0].account_id)
    assert identity.under.run_job("recertify") == 1
    assert (len(identity.told(DUE)), aside(identity, "recertify")) == (1, 1)


def test_an_account_that_cannot_be_suspended(identity, failing):
    for email in (BAD, GOOD):
        identity.active(email)
    identity.wait(days=76)
    assert identity.under.run_job("recertify") == 2
    identity.wait(days=15)
    identity.under.clear()
    failing(recertify, "_suspend", lambda account_id, *_: account_id)
    assert identity.under.run_job("recertify") == 1
    assert (len(identity.told(DUE)), aside(identity, "recertify")) == (1, 1)

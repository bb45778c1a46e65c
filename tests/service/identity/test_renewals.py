"""A dead link asks for a new one: a link that was ours and one that was made up are the same work (K14, M2)."""

from tests.support.statements import statements

DUE = "address_certification.requested.v1"


def work(identity, path: str, token: str) -> list[str]:
    """The statements of the request, in order."""

    def ask():
        assert identity.post(path, {"token": token}).status == 202

    return statements(identity.under.engine, ask)


def test_k14_an_invitation_that_was_ours_and_a_forged_one_are_the_same_work(identity):
    identity.opened()
    ours = identity.link()
    identity.wait(days=8)
    work(identity, "/invitations/renew", "x" * 43)  # the first one of an address counts from nothing
    assert work(identity, "/invitations/renew", ours) == work(identity, "/invitations/renew", "y" * 43)


def test_k14_a_certification_that_was_ours_and_a_forged_one_are_the_same_work(identity):
    identity.active()
    identity.wait(days=75)
    identity.under.run_job("recertify")
    ours = identity.link(DUE)
    work(identity, "/certifications/renew", "x" * 43)
    assert work(identity, "/certifications/renew", ours) == work(identity, "/certifications/renew", "y" * 43)


def test_what_was_noted_is_answered_once_and_leaves_the_list(identity):
    identity.opened()
    ours = identity.link()
    for token in (ours, "x" * 43, ours):
        identity.post("/invitations/renew", {"token": token})
    assert [identity.under.run_job("answer_renewals") for _ in range(2)] == [3, 0]
    assert len(identity.recorded("invitation.issued.v1")) == 3

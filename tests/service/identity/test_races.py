"""What parallel requests may not do (C4, C6): every counter and single use holds under threads."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa

from backbone.ids import new_id
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import UseLink
from services.identity.domain.ports import Hasher, Sealer
from services.identity.domain.throttle import Attempt
from services.identity.steps.following import Announced
from services.identity.steps.welcome import reserve
from services.identity.storage import accounts
from services.identity.use_cases.await_beneficiaries import await_beneficiaries
from services.identity.use_cases.change_identifier import ChangeIdentifier, change_identifier
from services.identity.use_cases.prove_identifier import prove_identifier
from services.identity.use_cases.undo_identifier import undo_identifier
from tests.support.ports import eventually

NEW = "martin@example.com"
RESET = "password_reset.requested.v1"
OTHER = "Une autre phrase 8!"


def at_once(count, act):
    """Run `act(n)` in `count` threads that start together; how often each status came."""
    barrier = Barrier(min(count, 20))

    def run(n):
        if n < 20:
            barrier.wait(10)
        return act(n).status

    with ThreadPoolExecutor(20) as pool:
        return Counter(pool.map(run, range(count)))


def test_of_200_parallel_guesses_at_most_five_are_evaluated_c6(identity, monkeypatch):
    identity.active()
    hasher, evaluated = identity.under.service.port(Hasher), []
    monkeypatch.setattr(hasher, "verify", lambda *a, real=hasher.verify: evaluated.append(1) or real(*a))
    answers = at_once(200, lambda n: identity.login(password=f"Essai numéro {n}!", ip=f"192.0.2.{n % 200}"))
    assert answers == {401: 5, 429: 195}
    assert len(evaluated) == 5


def test_of_40_parallel_tries_from_one_address_30_are_admitted_aa2(identity):
    answers = at_once(40, lambda n: identity.login(f"person{n}@example.com", ip="198.51.100.7"))
    assert answers == {401: 30, 429: 10}


def test_one_invitation_used_by_20_threads_succeeds_once_aa6(identity):
    identity.opened()
    token = identity.link()
    answers = at_once(20, lambda n: identity.complete(token, nom=f"Martin{'abcdefghijklmnopqrst'[n]}"))
    assert answers == {200: 1, 410: 19}
    assert len(identity.recorded("account.completed.v1")) == 1
    assert len(identity.recorded("beneficiary.identified.v1")) == 1


def test_one_reset_link_used_by_20_threads_succeeds_once_aa6(identity):
    identity.active()
    identity.asked_reset()
    form = {"token": identity.link(RESET), "mot_de_passe": OTHER, "confirmation": OTHER}
    assert at_once(20, lambda n: identity.post("/password-resets/complete", form)) == {204: 1, 410: 19}
    assert len(identity.recorded("password.changed.v1")) == 1


def test_of_20_parallel_wrong_codes_five_are_evaluated_and_the_right_one_is_dead_aa36(identity, monkeypatch):
    account = identity.active()
    identity.post("/account/mobile/code", as_=account)
    code = identity.sealed("mobile_code.issued.v1")[-1]["code"]
    hasher, evaluated = identity.under.service.port(Hasher), []
    monkeypatch.setattr(hasher, "verify", lambda *a, real=hasher.verify: evaluated.append(1) or real(*a))
    wrong = [f"{(int(code) + 1 + n) % 10**6:06d}" for n in range(20)]
    assert at_once(20, lambda n: identity.certify(account, wrong[n])) == {422: 20}
    assert len(evaluated) == 5
    assert identity.certify(account, code).status == 422


def test_the_right_code_given_by_20_threads_certifies_once(identity):
    account = identity.active()
    identity.post("/account/mobile/code", as_=account)
    code = identity.sealed("mobile_code.issued.v1")[-1]["code"]
    assert at_once(20, lambda n: identity.certify(account, code)) == {204: 1, 422: 19}
    assert len(identity.recorded("account.updated.v1")) == 1


def test_20_parallel_sends_spend_one_sms_aa38(identity):
    account = identity.active()
    assert at_once(20, lambda n: identity.post("/account/mobile/code", as_=account)) == {202: 1, 429: 19}
    assert len(identity.recorded("mobile_code.issued.v1")) == 1


def test_20_parallel_rotations_leave_one_id_c7(identity):
    identity.active()
    session = identity.login().json["session"]
    assert at_once(20, lambda n: identity.post("/sessions/rotate", {"session": session})) == {200: 1, 401: 19}


def test_20_parallel_edits_keep_one_aa52(identity):
    account = identity.active()
    version = identity.get("/account", as_=account).json["version"]
    body = {"prenom": "Claire", "telephone_mobile": "06 12 34 56 78"}
    answers = at_once(
        20, lambda n: identity.put("/account/contact", {**body, "nom": f"M{n}"}, version=version, as_=account)
    )
    assert answers == {204: 1, 412: 19}


def test_completing_while_other_delegations_arrive_leaves_none_behind_t1(identity):
    from uuid import uuid4

    identity.opened()
    token = identity.link()
    later = [identity.state("claire@example.com", adherent_id=uuid4()) for _ in range(10)]
    card = identity.under.service.registry.cards["delegation.opened.v1"]

    def act(n):
        if n == 5:
            return identity.complete(token)
        state = later[n if n < 5 else n - 1]
        identity.under.take([identity.under.delivery(card, state)])
        return type("Done", (), {"status": 0})

    assert at_once(11, act) == {200: 1, 0: 10}
    identified = {one.data["delegation_id"] for one in identity.recorded("beneficiary.identified.v1")}
    late = {state["delegation_id"] for state in later} - identified
    assert identified and late <= set(identity.by_link())
    assert len(identity.recorded("beneficiary.identified.v1")) == 11


def test_a_proof_and_an_undo_at_once_leave_one_address_and_it_is_active(identity):
    activation, undo = identity.changing()
    paths = ["/identifier-changes/activation", "/identifier-changes/undo"]
    answers = at_once(20, lambda n: identity.post(paths[n % 2], {"token": (activation, undo)[n % 2]}))
    assert answers in ({204: 2, 410: 18}, {204: 1, 410: 19})
    form = {"token": identity.link("identifier_change.undone.v1"), "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.post("/password-resets/complete", form).status == 204
    assert identity.login(password=OTHER).status == 201
    assert identity.login(NEW).status == 401
    assert len(identity.recorded("identifier_change.undone.v1")) == 1


def test_an_invitation_that_waited_for_somebody_who_wants_its_address_goes_to_its_mailbox(identity):
    account = identity.active()
    with identity.under.engine.connect() as connection:
        stored = accounts.credential_of(connection, account).password_hash
    command = ChangeIdentifier(account, NEW, Attempt(new_id(), new_id()), stored)
    ports = {"sealer": identity.under.service.port(Sealer), "lifetimes": identity.under.service.port(Lifetimes)}
    with ThreadPoolExecutor(1) as pool, identity.under.unit() as uow:
        change_identifier(command, uow=uow, **ports)
        late = pool.submit(identity.opened, NEW)
        until_somebody_waits(identity)
        uow.commit()
    late.result(30)
    assert identity.told("invitation.issued.v1") == [NEW]
    assert identity.recorded("beneficiary.identified.v1") == []
    assert identity.activate(identity.change_links()[0]).status == 410
    assert identity.under.run_job("lapse_identifiers") == 1
    assert identity.login().status == 201


def test_an_invitation_that_waited_for_the_proof_of_its_address_is_for_who_proved_it(identity):
    activation, _ = identity.changing()
    with ThreadPoolExecutor(1) as pool, identity.under.unit() as uow:
        prove_identifier(UseLink(activation), uow=uow)
        late = pool.submit(identity.opened, NEW)
        until_somebody_waits(identity)
        uow.commit()
    late.result(30)
    assert identity.told("invitation.issued.v1") == [NEW]
    assert identity.accept(NEW) == [204]
    assert identity.told("beneficiary.identified.v1") == [NEW]


def test_a_proof_that_waited_for_an_invitation_to_its_address_is_dead(identity):
    activation, _ = identity.changing()
    with ThreadPoolExecutor(1) as pool, identity.under.unit() as uow:
        reserve([NEW], uow)
        late = pool.submit(identity.activate, activation)
        until_somebody_waits(identity)
        uow.commit()
    assert late.result(30).status == 410
    assert identity.under.run_job("lapse_identifiers") == 1
    assert identity.login().status == 201


def test_an_undo_that_waited_for_a_delegation_to_its_address_has_it(identity):
    activation, back = identity.changing()
    identity.activate(activation)
    identity.under.clear()
    state = identity.state("claire@example.com")
    ports = {"sealer": identity.under.service.port(Sealer), "lifetimes": identity.under.service.port(Lifetimes)}
    with ThreadPoolExecutor(1) as pool, identity.under.unit() as uow:
        await_beneficiaries(Announced([({"epoch": 0, "sequence": 1}, state)]), uow=uow, **ports)
        late = pool.submit(identity.undo, back)
        until_somebody_waits(identity)
        uow.commit()
    assert late.result(30).status == 204
    assert identity.under.run_job("invite_waiting") == 1
    (invited,) = identity.recorded("invitation.issued.v1")
    assert invited.data["delegation_id"] == state["delegation_id"]


def test_a_delegation_that_waited_for_the_undo_is_for_who_has_its_address_again(identity):
    activation, back = identity.changing()
    identity.activate(activation)
    identity.under.clear()
    ports = {
        "hasher": identity.under.service.port(Hasher),
        "sealer": identity.under.service.port(Sealer),
        "lifetimes": identity.under.service.port(Lifetimes),
    }
    with ThreadPoolExecutor(1) as pool, identity.under.unit() as uow:
        undo_identifier(UseLink(back), uow=uow, **ports)
        late = pool.submit(identity.opened)
        until_somebody_waits(identity)
        uow.commit()
    late.result(30)
    assert identity.told("invitation.issued.v1") == ["claire@example.com"]
    assert identity.accept() == [204]


def test_of_two_who_prove_one_address_at_once_one_has_it_and_the_other_his_account(identity):
    first, _ = identity.changing()
    identity.active("paul@example.com")
    identity.ask_identifier(identity.login("paul@example.com").json["access_token"], NEW)
    links = [first, identity.change_links()[0]]
    assert at_once(2, lambda n: identity.activate(links[n])) == {204: 1, 410: 1}
    assert identity.under.run_job("lapse_identifiers") == 1
    logins = [identity.login(email).status for email in (NEW, "claire@example.com", "paul@example.com")]
    assert logins in ([201, 201, 401], [201, 401, 201])


def test_a_change_that_waited_for_an_invitation_finds_the_address_taken(identity):
    identity.active()
    token = identity.login().json["access_token"]
    with ThreadPoolExecutor(1) as pool, identity.under.unit() as uow:
        accounts.reserve(uow.connection, {NEW: NEW}, uow.now)
        late = pool.submit(identity.ask_identifier, token)
        until_somebody_waits(identity)
        uow.commit()
    assert late.result(30).status == 202
    assert [event.type for event in identity.recorded()] == ["identifier_change.refused.v1"]


def until_somebody_waits(identity):
    """A statement waits for another transaction; on SQLite whoever writes waits anyway."""
    waits = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )

    def waiting():
        with identity.under.engine.connect() as connection:
            return connection.execute(waits).scalar()

    if identity.under.engine.dialect.name == "postgresql":
        eventually(waiting, limit=10, what="nobody waits")


def test_one_certification_link_used_by_20_threads_succeeds_once_g54(identity):
    identity.active()
    identity.wait(days=75)
    assert identity.under.run_job("recertify") == 1
    link = identity.link("address_certification.requested.v1")
    assert at_once(20, lambda n: identity.post("/certifications/complete", {"token": link})) == {204: 1, 410: 19}
    assert len(identity.recorded("account.updated.v1")) == 1

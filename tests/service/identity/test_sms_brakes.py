"""SMS codes that a crowd of accounts asks for (C5): 300 accounts, each within its own limits, sent 302 SMS."""

from services.identity.steps.brake_sms import SmsFloor

CODE = "mobile_code.issued.v1"
CONTACT = {"nom": "Martin", "prenom": "Claire", "telephone_fixe": None}


def person(identity, n, number):
    """An account with this mobile number."""
    state = identity.opened(f"p{n}@example.com")
    identity.complete(identity.link(), telephone_mobile=number)
    account = identity.recorded("beneficiary.identified.v1")[-1].data["account_id"]
    told = {"email": f"p{n}@example.com", "account_id": account, "nom": "Martin", "prenom": "Claire"}
    identity.announce("delegation.confirmed.v1", state, 3, beneficiary=told, confirmed_at=identity.clock.now())
    return account


def send(identity, account, ip):
    return identity.post("/account/mobile/code", as_=account, ip=ip)


def test_a_block_of_a_thousand_numbers_gets_twenty_an_hour_wherever_they_are_asked_from_c5(identity):
    people = [person(identity, n, f"06 12 34 5{n // 100} {n % 100:02d}") for n in range(24)]
    answers = [send(identity, one, f"198.51.100.{n}") for n, one in enumerate(people)]
    assert [one.status for one in answers] == [202] * 20 + [429] * 4
    assert answers[-1].json["detail"] == "Trop de tentatives. Réessayez plus tard."
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert len(identity.recorded(CODE)) == 20


def test_one_client_address_gets_sixty_an_hour_whatever_the_numbers_c5(identity):
    people = [person(identity, n, f"06 12 3{n // 10} {n % 10}4 56") for n in range(62)]
    assert [send(identity, one, "198.51.100.7").status for one in people] == [202] * 60 + [429] * 2
    assert send(identity, people[-1], "198.51.100.8").status == 202


def test_all_together_get_three_times_the_usual_hour_c5(identity):
    identity.under.service.wiring.replace(SmsFloor, SmsFloor(4))
    people = [person(identity, n, f"06 12 3{n // 10} {n % 10}4 56") for n in range(25)]

    def hour(wanted):
        identity.wait(hours=1)
        asked = people[:wanted]
        people[:wanted] = []
        return [send(identity, one, f"198.51.100.{n}").status for n, one in enumerate(asked)].count(202)

    assert [hour(3), hour(4), hour(12)] == [3, 4, 10]  # a mean of 3.5, three times


def test_who_was_certified_once_is_not_braked_c5(identity):
    identity.under.service.wiring.replace(SmsFloor, SmsFloor(1))
    known, first, second = (person(identity, n, f"06 {n}2 34 56 78") for n in (1, 2, 3))
    send(identity, known, "198.51.100.1")
    assert identity.certify(known, identity.sealed(CODE)[-1]["code"]).status == 204
    identity.wait(days=8)
    version = identity.get("/account", as_=known).json["version"]
    moved = {**CONTACT, "telephone_mobile": "06 98 76 54 32"}
    assert identity.put("/account/contact", moved, version=version, as_=known).status == 204
    assert [send(identity, one, "198.51.100.1").status for one in (first, second, known)] == [202, 429, 202]


def test_a_braked_sms_is_a_line_of_the_security_log_that_names_no_number(identity, caplog):
    identity.under.service.wiring.replace(SmsFloor, SmsFloor(0))
    send(identity, person(identity, 1, "06 12 34 56 78"), "198.51.100.1")
    (line,) = [one for one in caplog.records if one.msg == "authn_mobile_code_braked"]
    assert (line.purpose, "612345678" in str(vars(line))) == ("total", False)

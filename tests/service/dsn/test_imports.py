"""Files of the caisse: one verdict per declaration, neighbours unharmed, repeats without effect (docs/dsn.md)."""

import gzip

import pytest
import sqlalchemy as sa

from backbone.testing import tokens
from services.dsn.storage.tables import declaration
from tests.service.dsn.system import OTHER_SIRET, SIRET
from tools.dsn_synth.lot import lot, one_group
from tools.dsn_synth.monthly import Monthly, render, rubrics
from tools.dsn_synth.mutations import ALL

ONE = Monthly(siret=SIRET, period="2026-09")
NEIGHBOUR = Monthly(siret=SIRET, period="2026-10")


def verdicts(answer):
    """(status, code) of each declaration."""
    return [(one["status"], one["code"]) for one in answer.json["declarations"]]


def test_each_damaged_file_gets_its_verdict_and_spoils_no_neighbour(dsn):
    """docs/dsn.md, Files: the whole list in one system."""
    dsn.site()
    for number, mutation in enumerate(ALL):
        ok = render(rubrics(Monthly(siret=SIRET, period="2026-10", seed=number, type="03", order=number + 2)))
        seeded = Monthly(siret=SIRET, period="2026-09", seed=number)
        found = verdicts(dsn.send(ok + mutation.make(seeded).rstrip(b"\r\n") + b"\r\n" + ok))
        status = "QUARANTINED" if mutation.code == "cle_siret" else mutation.status
        code = "siret_inconnu" if mutation.code == "cle_siret" else mutation.code
        assert found[0] == ("OK", None) and found[-1] == ("OK", "deja_recue"), mutation.name
        assert found[1] == (status, code), mutation.name


def test_the_same_file_twice_changes_nothing(dsn):
    """docs/dsn.md, Files: same hashes, no effect."""
    dsn.site()
    data = one_group([ONE, NEIGHBOUR])
    assert verdicts(dsn.send(data)) == [("OK", None), ("OK", None)]
    before = dsn.state()
    assert verdicts(dsn.send(data)) == [("OK", "deja_recue"), ("OK", "deja_recue")]
    assert dsn.state() == before


def test_one_file_holds_the_same_declaration_twice(dsn):
    dsn.site()
    assert verdicts(dsn.send(render(rubrics(ONE)) * 2)) == [("OK", None), ("OK", "deja_recue")]


def test_a_flow_that_comes_back_with_another_content_is_said(dsn):
    dsn.site()
    dsn.send(render(rubrics(ONE)))
    again = render(rubrics(ONE)).replace(b"SYNTHPAIE", b"SYNTHPAYE")
    assert verdicts(dsn.send(again)) == [("WARN", "flux_reutilise")]


@pytest.mark.parametrize("packed", [False, True])
def test_a_lot_and_gzip_are_read(dsn, packed):
    dsn.site()
    data = one_group([ONE, NEIGHBOUR])
    answer = dsn.send(gzip.compress(data) if packed else data)
    assert verdicts(answer) == [("OK", None), ("OK", None)]
    assert answer.json["totals"] == {"OK": 2, "WARN": 0, "REJECTED": 0, "QUARANTINED": 0}


def test_two_gzip_members_are_one_file(dsn):
    dsn.site()
    data = gzip.compress(render(rubrics(ONE))) + gzip.compress(render(rubrics(NEIGHBOUR)))
    assert len(dsn.send(data).json["declarations"]) == 2


def test_a_wrong_count_of_a_lot_only_warns(dsn):
    """docs/dsn.md, Files."""
    dsn.site()
    answer = dsn.send(render(lot({"DSNOK": [ONE]}, announced=3)))
    assert verdicts(answer) == [("OK", None), ("WARN", "lot_compte"), ("WARN", "lot_compte")]


def test_an_unknown_establishment_waits_for_the_referential(dsn):
    """QUARANTINED, then replayed when the adhérent's event brings the site."""
    assert dsn.declare("2026-09")["status"] == "QUARANTINED"
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    assert dsn.alerts(site_id) == []
    assert dsn.rows(sa.select(declaration.c.quarantined_at)) == [(None,)]


def test_quarantine_of_another_establishment_stays(dsn):
    dsn.declare("2026-09", siret=OTHER_SIRET)
    dsn.site()
    assert dsn.rows(sa.select(declaration.c.quarantined_at))[0][0] is not None


NO_FILES = {
    b"": "fichier_vide",
    b"\r\n \r\n": "fichier_vide",
    b"<?xml version='1.0'?><rapport/>": "format_inconnu",
    b"\x1f\x8bnot gzip": "gzip_illisible",
    gzip.compress(b"S10.G00.00.001,'X'\r\n" * 100)[:-9]: "gzip_illisible",
}


def test_a_file_that_is_none_is_refused_whole(dsn):
    answers = {data: dsn.send(data) for data in NO_FILES}
    assert {data: one.json["code"] for data, one in answers.items()} == NO_FILES
    assert {one.status for one in answers.values()} == {422}


def test_a_bomb_is_refused_and_keeps_nothing(database_url, clock):
    """docs/dsn.md, Files."""
    from services.dsn.app import build
    from services.dsn.settings import Settings
    from tests.service.dsn.system import Dsn

    settings = Settings.of(database_url=database_url, broker_url="embedded:", import_max_bytes=1_000_000)
    dsn = Dsn(build, settings, clock=clock)
    dsn.site()
    bomb = gzip.compress(render(rubrics(ONE)) + b"S21.G00.30.001,'1'\r\n" * 100_000)
    answer = dsn.send(bomb)
    assert (answer.status, answer.json["code"]) == (413, "fichier_trop_volumineux")
    assert dsn.rows(sa.select(declaration)) == []
    dsn.close()


def test_only_a_machine_with_the_scope_may_send(dsn):
    """C2: 401 without a token, 403 without the scope or as a person."""
    data = render(rubrics(ONE))
    assert dsn.send(data, machine=None).status == 401
    assert dsn.send(data, machine=["referential:write"]).status == 403
    assert dsn.send(data, machine=None, as_="01930000-0000-7000-8000-0000000000c1").status == 403


def test_the_report_of_an_import_can_be_read_again(dsn):
    dsn.site()
    sent = dsn.send(render(rubrics(ONE)) + render(rubrics(NEIGHBOUR))).json
    path = f"/v1/imports/{sent['import_id']}"
    page = dsn.get(f"{path}?page=2&page_size=1", machine=["dsn:write"]).json
    assert page["declarations"] == sent["declarations"][1:] and page["finished_at"]
    assert dsn.get("/v1/imports/01930000-0000-7000-8000-000000000000", machine=["dsn:write"]).status == 404


def test_nothing_personal_is_stored(dsn):
    """docs/dsn.md, Privacy: no NIR, name or amount."""
    dsn.site()
    dsn.declare("2026-09")
    kept = repr(dsn.state())
    assert "NOM000" not in kept and "99999" not in kept and "CABINET" not in kept


def test_a_test_send_clears_nothing(dsn):
    """R6."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.declare("2026-09", test=True)
    assert len(dsn.alerts(site_id)) == 1


@pytest.mark.parametrize("aud", [["delegation"], ["espace"]])
def test_a_token_for_another_service_is_refused_whatever_its_scopes_asvs_9_2_3(dsn, aud):
    token = tokens.machine_token(["referential:write", "dsn:write"], dsn.clock.now(), aud=aud)
    assert dsn.send(b"", machine=None, token=token).status == 401

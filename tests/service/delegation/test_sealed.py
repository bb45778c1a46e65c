"""The journal's seals: each line gets one, and whatever is done to the tables behind the service is found (D18)."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from backbone import __main__
from backbone.clock import FixedClock
from backbone.serving.logs import redact
from services.delegation.storage.tables import delegations, journal, journal_checks, journal_seals
from tests.service.delegation.world import Company, World


def of(world: World, table: sa.Table) -> list[Any]:
    """Every row of it."""
    with world.under.engine.connect() as connection:
        return list(connection.execute(sa.select(table)).mappings())


def behind_its_back(world: World, *statements: sa.Executable) -> None:
    """As somebody would who may do everything to the database: the triggers do not hold him."""
    with world.under.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            for (name,) in connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(statement)


def faults(world: World) -> list[str]:
    """What the service says of its journal now."""
    verifies = world.under.service.verifies
    assert verifies is not None
    with world.under.service.unit() as uow:
        return list(verifies(uow.connection, uow.now).faults)


@pytest.fixture
def sealed(company: Company, world: World, clock: FixedClock) -> Company:
    """A company with a history, all of it sealed and verified; and another one."""
    delegation_id = company.confirmed()
    company.change(delegation_id, colleges=["etam"])
    company.act(delegation_id, "closing")
    world.company(2)
    world.under.run_job("seal_journal")
    clock.advance(timedelta(hours=2))
    world.under.run_job("verify_journal")
    return company


def test_each_line_is_sealed_once_in_a_chain_of_its_adherent(sealed: Company, world: World) -> None:
    lines, seals = of(world, journal), of(world, journal_seals)
    assert {one["line_id"] for one in seals} == {one["id"] for one in lines} and len(seals) == len(lines)
    assert sorted(one["position"] for one in seals if one["adherent_id"] == sealed.id) == list(range(1, 9))
    (check,) = of(world, journal_checks)
    assert (check["lines"], check["faults"]) == (len(lines), 0) and faults(world) == []
    sealed.opened("plus.tard@example.com")
    assert world.under.run_job("seal_journal") == 1 and world.under.run_job("seal_journal") == 0
    assert faults(world) == []


last = sa.select(journal.c.id).order_by(journal.c.id.desc()).limit(1).scalar_subquery()
first = sa.select(journal.c.id).order_by(journal.c.id).limit(1).scalar_subquery()
TAMPERED = {
    "an author": sa.update(journal).where(journal.c.act == "modification").values(author="Personne"),
    "an instant": sa.update(journal).where(journal.c.id == first).values(at=sa.text("'2020-01-01 00:00:00'")),
    "rights": sa.update(journal).where(journal.c.act == "modification").values(scope={}),
    "a line gone": sa.delete(journal).where(journal.c.act == "confirmation"),
    "the last one gone": sa.delete(journal).where(journal.c.id == last),
    "a seal": sa.update(journal_seals).where(journal_seals.c.position == 2).values(hash="0" * 64),
    "the last seals gone": sa.delete(journal_seals).where(journal_seals.c.position > 2),
    "all seals gone": sa.delete(journal_seals),
    "a delegation that did more": sa.update(delegations).values(sequence=delegations.c.sequence + 1),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_done_behind_its_back_is_found(sealed: Company, world: World, clock: FixedClock, what: str) -> None:
    behind_its_back(world, TAMPERED[what])
    assert faults(world)
    clock.advance(timedelta(days=1))
    world.under.run_job("seal_journal")  # what has no seal gets one, and hides nothing
    world.under.run_job("verify_journal")
    assert of(world, journal_checks)[-1]["faults"]


def test_lines_that_a_version_before_wrote_are_sealed_first_and_verified_then(
    company: Company, world: World, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=30))
    assert world.under.run_job("verify_journal") == 0 and of(world, journal_checks) == []
    assert world.under.run_job("seal_journal") == 3
    assert world.under.run_job("verify_journal") == 3 and faults(world) == []


def test_a_line_that_stays_without_a_seal_is_told_and_sealed(sealed: Company, world: World, clock: FixedClock) -> None:
    sealed.opened("oubli@example.com")
    clock.advance(timedelta(days=5))
    world.under.run_job("verify_journal")
    assert of(world, journal_checks)[-1]["faults"] == 1
    assert world.under.run_job("seal_journal") == 1 and faults(world) == []


@pytest.mark.parametrize("table", [journal_seals, journal_checks])
def test_the_database_refuses_to_rewrite_seals_and_checks(sealed: Company, world: World, table: sa.Table) -> None:
    name = "position" if table is journal_seals else "lines"
    for statement in (sa.delete(table), sa.update(table).values({name: 9})):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            world.execute(statement)


def test_the_command_says_what_it_found_and_its_status_too(
    sealed: Company, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(__main__, "load", lambda _name: world.under.service)
    good = CliRunner().invoke(__main__.main, ["verify", "delegation"])
    assert (good.exit_code, good.output.startswith("delegation: 11 sealed lines of the journal, ends ")) == (0, True)
    assert good.output.endswith(": no fault\n")
    behind_its_back(world, TAMPERED["an author"])
    bad = CliRunner().invoke(__main__.main, ["verify", "delegation"])
    assert bad.exit_code == 1 and f"adhérent {sealed.id}, line 7: it does not say what it said" in bad.output


def test_the_log_has_the_hash_of_all_ends_each_day_and_names_what_is_wrong(
    sealed: Company, world: World, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="security")
    clock.advance(timedelta(days=1))
    world.under.run_job("verify_journal")
    told = redact(vars(caplog.records[-1]))
    assert (told["msg"], told["lines"], told["faults"]) == ("journal_verified", 11, 0)
    assert told["ends"].replace(" ", "") == of(world, journal_checks)[-1]["ends"]
    behind_its_back(world, TAMPERED["rights"])
    clock.advance(timedelta(days=1))
    world.under.run_job("verify_journal")
    assert [one.msg for one in caplog.records[-2:]] == ["journal_verified", "journal_broken"]
    assert str(sealed.id) in redact(vars(caplog.records[-1]))["fault"]


def test_the_gauge_is_what_the_last_verification_found(sealed: Company, world: World, clock: FixedClock) -> None:
    measures = world.under.service.measures
    assert measures is not None

    def gauge() -> dict[str, float]:
        with world.under.service.unit() as uow:
            return {one.name: one.values[()] for one in measures(uow.connection, uow.now)}

    assert gauge() == {"espace_delegation_journal_faults": 0}
    behind_its_back(world, TAMPERED["a line gone"])
    clock.advance(timedelta(days=1))
    world.under.run_job("verify_journal")
    assert gauge()["espace_delegation_journal_faults"] >= 1

"""The composition root of delegation: everything it is made of, named once."""

from pathlib import Path

from backbone.clock import Clock
from backbone.messaging.announcing import Announcement
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.events.authority import ACCESS, SESSIONS
from contracts.events.stated import DELEGATION_STATE_ANNOUNCED
from services.delegation.api import BLUEPRINTS
from services.delegation.commands import COMMANDS
from services.delegation.jobs import JOBS
from services.delegation.listeners import LISTENS
from services.delegation.queries.accesses import accesses
from services.delegation.queries.adherent_card import adherent_card
from services.delegation.queries.adherent_journal import adherent_journal
from services.delegation.queries.administered import administered
from services.delegation.queries.attestation import attestation
from services.delegation.queries.awaited import awaited
from services.delegation.queries.bank_details import bank_details
from services.delegation.queries.beneficiaries import beneficiaries
from services.delegation.queries.delegation_detail import delegation_detail
from services.delegation.queries.delegation_journal import delegation_journal
from services.delegation.queries.import_totals import import_totals
from services.delegation.queries.kept_profiles import kept_profiles
from services.delegation.queries.mandate import mandate
from services.delegation.queries.mandates import mandates
from services.delegation.queries.measures import measures
from services.delegation.queries.own_attestation import own_attestation
from services.delegation.queries.own_attestations import own_attestations
from services.delegation.queries.people import people
from services.delegation.queries.person import person
from services.delegation.queries.review import review
from services.delegation.queries.site_choice import site_choice
from services.delegation.queries.site_home import site_home
from services.delegation.queries.sites_page import sites_page
from services.delegation.queries.who_could import who_could
from services.delegation.settings import Settings
from services.delegation.storage.tables import METADATA
from services.delegation.storage.verifying import verify
from services.delegation.use_cases.admit_change import admit_change
from services.delegation.use_cases.admit_opening import admit_opening
from services.delegation.use_cases.admit_resumption import admit_resumption
from services.delegation.use_cases.announce_ends import announce_ends
from services.delegation.use_cases.ask_bank_details import ask_bank_details
from services.delegation.use_cases.ask_prolongation import ask_prolongation
from services.delegation.use_cases.ask_reviews import ask_reviews
from services.delegation.use_cases.cancel_bank_request import cancel_bank_request
from services.delegation.use_cases.change_delegation import change_delegation
from services.delegation.use_cases.close_delegation import close_delegation
from services.delegation.use_cases.close_ended_delegations import close_ended_delegations
from services.delegation.use_cases.confirm_delegation import confirm_delegation
from services.delegation.use_cases.end_bank_proofs import end_bank_proofs
from services.delegation.use_cases.follow_accounts import follow_accounts
from services.delegation.use_cases.follow_uses import follow_uses
from services.delegation.use_cases.forget_profile import forget_profile
from services.delegation.use_cases.forgive import forgive
from services.delegation.use_cases.grant_prolongation import grant_prolongation
from services.delegation.use_cases.identify_beneficiaries import identify_beneficiaries
from services.delegation.use_cases.import_lines import import_lines
from services.delegation.use_cases.issue_attestation import issue_attestation
from services.delegation.use_cases.issue_own_attestation import issue_own_attestation
from services.delegation.use_cases.open_delegation import open_delegation
from services.delegation.use_cases.pin_tile import pin_tile
from services.delegation.use_cases.record_uses import record_uses
from services.delegation.use_cases.refuse_delegation import refuse_delegation
from services.delegation.use_cases.refuse_prolongation import refuse_prolongation
from services.delegation.use_cases.remind_administrator import remind_administrator
from services.delegation.use_cases.remind_waiting import remind_waiting
from services.delegation.use_cases.rename_profile import rename_profile
from services.delegation.use_cases.renounce_delegation import renounce_delegation
from services.delegation.use_cases.replace_founder import replace_founder
from services.delegation.use_cases.request_invitation import request_invitation
from services.delegation.use_cases.resume_delegation import resume_delegation
from services.delegation.use_cases.review_delegations import review_delegations
from services.delegation.use_cases.say_adherents import say_adherents
from services.delegation.use_cases.say_delegations import say_delegations
from services.delegation.use_cases.seal_journal import seal_journal
from services.delegation.use_cases.start_delegations import start_delegations
from services.delegation.use_cases.start_import import start_import
from services.delegation.use_cases.store_profile import store_profile
from services.delegation.use_cases.suspend_delegation import suspend_delegation
from services.delegation.use_cases.use_bank_request import use_bank_request
from services.delegation.use_cases.verify_attestation import verify_attestation
from services.delegation.use_cases.verify_journal import verify_journal

# What the service does and answers. What it hears is LISTENS, what it does by the clock JOBS.
USE_CASES = (
    admit_change,
    admit_opening,
    admit_resumption,
    announce_ends,
    ask_bank_details,
    ask_prolongation,
    ask_reviews,
    cancel_bank_request,
    change_delegation,
    close_delegation,
    close_ended_delegations,
    confirm_delegation,
    end_bank_proofs,
    follow_accounts,
    follow_uses,
    forget_profile,
    forgive,
    grant_prolongation,
    identify_beneficiaries,
    import_lines,
    issue_attestation,
    issue_own_attestation,
    record_uses,
    open_delegation,
    pin_tile,
    refuse_delegation,
    refuse_prolongation,
    remind_administrator,
    remind_waiting,
    rename_profile,
    renounce_delegation,
    replace_founder,
    request_invitation,
    resume_delegation,
    review_delegations,
    say_adherents,
    say_delegations,
    seal_journal,
    start_delegations,
    start_import,
    verify_attestation,
    store_profile,
    suspend_delegation,
    use_bank_request,
    verify_journal,
)
QUERIES = (
    accesses,
    adherent_card,
    adherent_journal,
    administered,
    attestation,
    awaited,
    bank_details,
    beneficiaries,
    delegation_detail,
    delegation_journal,
    import_totals,
    kept_profiles,
    mandate,
    mandates,
    own_attestation,
    own_attestations,
    people,
    person,
    review,
    site_choice,
    site_home,
    sites_page,
    who_could,
)


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The service, ready to be served, listened with and run. SettingsError when a setting cannot be used."""
    if settings.uses_half_life_days < 1:
        raise SettingsError("Settings of delegation: ESPACE_USES_HALF_LIFE_DAYS is at least 1.")
    if settings.review_months < 1:
        raise SettingsError("Settings of delegation: ESPACE_REVIEW_MONTHS is at least 1.")
    if settings.bank_details_hours < 1 or settings.bank_details_days < 1:
        raise SettingsError("Settings of delegation: a request for new bank details waits and is open for 1 at least.")
    return Service(
        name="delegation",
        settings=settings,
        metadata=METADATA,
        registry=REGISTRY,
        engine=make_engine(settings.database_url, pool=settings.database_pool, seconds=settings.database_seconds),
        clock=clock or DatabaseClock(),
        migrations=Path(__file__).parent / "migrations",
        blueprints=BLUEPRINTS,
        use_cases=USE_CASES,
        queries=QUERIES,
        listens=LISTENS,
        jobs=JOBS,
        attests=ACCESS,
        announces=Announcement(
            DELEGATION_STATE_ANNOUNCED, {"adherents": say_adherents, "delegations": say_delegations}
        ),
        follows=(SESSIONS,),
        measures=measures,
        verifies=verify,
        commands=COMMANDS,
    )

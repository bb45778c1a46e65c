"""The composition root of identity: the only place that knows which adapter is behind which port."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backbone.clock import Clock
from backbone.messaging.announcing import Announcement
from backbone.rights.tokens import PublicKeys
from backbone.sealing import Sealer
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine
from contracts import REGISTRY
from contracts.events.authority import SESSIONS
from contracts.events.stated import IDENTITY_STATE_ANNOUNCED
from contracts.words.services import SCOPES
from services.identity.adapters.hashing import Argon2Hasher
from services.identity.adapters.keys import SigningKeys
from services.identity.adapters.phones import FrenchPhones
from services.identity.adapters.strength import strength
from services.identity.api import BLUEPRINTS
from services.identity.commands import reconcile_awaited
from services.identity.domain import ports
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.machine import MachineClient, read_clients
from services.identity.domain.password import Strength
from services.identity.domain.person import Phones
from services.identity.domain.ports import Hasher, Signer
from services.identity.jobs import JOBS
from services.identity.listeners import LISTENS
from services.identity.queries.account import account
from services.identity.queries.activity import activity
from services.identity.queries.address_to_certify import address_to_certify
from services.identity.queries.address_to_prove import address_to_prove
from services.identity.queries.change_to_undo import change_to_undo
from services.identity.queries.credential_of import credential_of
from services.identity.queries.holder import holder
from services.identity.queries.identifier_asked import identifier_asked
from services.identity.queries.invitation import invitation
from services.identity.queries.link_fate import link_fate
from services.identity.queries.live_sessions import live_sessions
from services.identity.queries.reset import reset
from services.identity.queries.to_accept import to_accept
from services.identity.queries.wanted import wanted
from services.identity.settings import Settings
from services.identity.steps.brake_sms import SmsFloor
from services.identity.storage.tables import METADATA
from services.identity.use_cases.accept_by_link import accept_by_link
from services.identity.use_cases.accept_delegations import accept_delegations
from services.identity.use_cases.activate_accounts import activate_accounts
from services.identity.use_cases.admit_attempt import admit_attempt
from services.identity.use_cases.admit_client import admit_client
from services.identity.use_cases.answer_renewals import answer_renewals
from services.identity.use_cases.answer_resets import answer_resets
from services.identity.use_cases.ask_renewal import ask_renewal
from services.identity.use_cases.ask_reset import ask_reset
from services.identity.use_cases.await_beneficiaries import await_beneficiaries
from services.identity.use_cases.certify_again import certify_again
from services.identity.use_cases.certify_by_link import certify_by_link
from services.identity.use_cases.certify_mobile import certify_mobile
from services.identity.use_cases.change_contact import change_contact
from services.identity.use_cases.change_identifier import change_identifier
from services.identity.use_cases.change_password import change_password
from services.identity.use_cases.complete_account import complete_account
from services.identity.use_cases.end_others import end_others
from services.identity.use_cases.end_session import end_session
from services.identity.use_cases.exchange_session import exchange_session
from services.identity.use_cases.follow_stated import follow_stated
from services.identity.use_cases.give_up import give_up
from services.identity.use_cases.give_up_unsaid import give_up_unsaid
from services.identity.use_cases.grant_machine_token import grant_machine_token
from services.identity.use_cases.invite_again import invite_again
from services.identity.use_cases.invite_waiting import invite_waiting
from services.identity.use_cases.lapse_identifiers import lapse_identifiers
from services.identity.use_cases.log_out import log_out
from services.identity.use_cases.open_session import open_session
from services.identity.use_cases.prove_for_bank_details import prove_for_bank_details
from services.identity.use_cases.prove_identifier import prove_identifier
from services.identity.use_cases.purge import purge
from services.identity.use_cases.reauthenticate import reauthenticate
from services.identity.use_cases.recertify import recertify
from services.identity.use_cases.record_opening import record_opening
from services.identity.use_cases.record_refusal import record_refusal
from services.identity.use_cases.record_refused_login import record_refused_login
from services.identity.use_cases.remind import remind
from services.identity.use_cases.reset_password import reset_password
from services.identity.use_cases.rotate_session import rotate_session
from services.identity.use_cases.say_accounts import say_accounts
from services.identity.use_cases.say_invitations import say_invitations
from services.identity.use_cases.send_bank_code import send_bank_code
from services.identity.use_cases.send_code import send_code
from services.identity.use_cases.send_code_by_link import send_code_by_link
from services.identity.use_cases.tell_refused_logins import tell_refused_logins
from services.identity.use_cases.undo_identifier import undo_identifier

# What the service does and answers. What it hears is LISTENS, what it does by the clock JOBS.
USE_CASES = (
    accept_by_link,
    accept_delegations,
    activate_accounts,
    admit_attempt,
    admit_client,
    answer_renewals,
    answer_resets,
    ask_renewal,
    ask_reset,
    await_beneficiaries,
    certify_again,
    certify_by_link,
    certify_mobile,
    change_contact,
    change_identifier,
    change_password,
    complete_account,
    end_others,
    end_session,
    exchange_session,
    follow_stated,
    give_up,
    give_up_unsaid,
    grant_machine_token,
    invite_again,
    invite_waiting,
    lapse_identifiers,
    log_out,
    open_session,
    prove_for_bank_details,
    prove_identifier,
    purge,
    reauthenticate,
    recertify,
    record_opening,
    record_refusal,
    record_refused_login,
    remind,
    reset_password,
    rotate_session,
    say_accounts,
    say_invitations,
    send_bank_code,
    send_code,
    send_code_by_link,
    tell_refused_logins,
    undo_identifier,
)
QUERIES = (
    account,
    activity,
    address_to_certify,
    address_to_prove,
    change_to_undo,
    credential_of,
    holder,
    identifier_asked,
    invitation,
    link_fate,
    live_sessions,
    reset,
    to_accept,
    wanted,
)


@dataclass(frozen=True)
class Ports:
    """What identity's functions are given, each by its type."""

    hasher: Hasher
    strength: Strength
    phones: Phones
    sealer: ports.Sealer
    signer: Signer
    jwks: PublicKeys
    clients: Mapping[str, MachineClient]
    lifetimes: Lifetimes
    sms_floor: SmsFloor


def build(settings: Settings, *, clock: Clock | None = None) -> Service:
    """The service, ready to be served, listened with and migrated. SettingsError when a key or client is unusable."""
    return Service(
        name="identity",
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
        attests=SESSIONS,
        announces=Announcement(IDENTITY_STATE_ANNOUNCED, {"accounts": say_accounts, "invitations": say_invitations}),
        reconciles=reconcile_awaited,
        ports=_ports(settings),
    )


def _ports(settings: Settings) -> Ports:
    hasher = Argon2Hasher(
        memory_kib=settings.hashing_memory_kib, time_cost=settings.hashing_passes, slots=settings.hashing_slots
    )
    try:
        keys = SigningKeys(settings.signing_keys)
        sealer = Sealer(settings.notification_public_key)
        clients = _clients(settings.machine_clients_file)
    except (ValueError, KeyError, OSError) as error:
        raise SettingsError(f"Settings of identity: {error}.") from error
    return Ports(
        hasher=hasher,
        strength=strength,
        phones=FrenchPhones(fiction=settings.fiction_mobiles),
        sealer=sealer,
        signer=keys,
        jwks=keys.jwks,
        clients=clients,
        lifetimes=settings.lifetimes(),
        sms_floor=SmsFloor(settings.sms_hourly_floor),
    )


def _clients(path: str) -> dict[str, MachineClient]:
    clients = dict(read_clients(Path(path).read_text(encoding="utf-8"))) if path else {}
    strange = sorted({scope for client in clients.values() for scope in client.scopes} - SCOPES.keys())
    if strange:
        raise ValueError(f"no service knows the scope {strange[0]}")
    return clients

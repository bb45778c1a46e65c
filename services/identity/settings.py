"""What identity can be told, beside what every service can."""

from dataclasses import dataclass
from datetime import timedelta

from backbone.shape.config import BaseSettings, SettingsError, setting
from services.identity.domain.lifetimes import Lifetimes


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Settings of identity. Passwords: 19 MiB, 2 passes, 1 lane is OWASP's smaller Argon2id profile."""

    signing_keys: str = setting("JWKS of the P-256 private keys; the first signs, all are published.", secret=True)
    notification_public_key: str = setting("Public JWK for which link tokens and SMS codes are sealed.")
    machine_clients_file: str = setting("JSON file of machine clients: client_id, secret_hash, scopes.", default="")
    invitation_days: int = setting("Lifetime of an invitation link, in days (C4).", default=7)
    reset_minutes: int = setting("Lifetime of a forgotten-password link, in minutes (C4).", default=60)
    identifier_hours: int = setting("Lifetime of the link that proves a new identifiant, hours (C4, G75).", default=24)
    identifier_undo_hours: int = setting("The former address can undo a change for so many hours (T5).", default=72)
    certification_days: int = setting("An address is to be certified again after so many days (G54).", default=90)
    certification_notice_days: int = setting("It is announced by mail so many days ahead (G54).", default=15)
    certification_link_days: int = setting("Lifetime of a link that certifies an address again, in days.", default=7)
    mobile_code_minutes: int = setting("Lifetime of an SMS code, in minutes (C5).", default=10)
    mobile_settled_hours: int = setting(
        "A mobile number proves who asks for new bank details so many hours after it was certified (G78).", default=48
    )
    session_idle_minutes: int = setting("A session unused for so many minutes is dead (C7).", default=30)
    session_hours: int = setting("A session is dead after so many hours, 10 at most (C7).", default=8)
    token_seconds: int = setting("Lifetime of a token, 300 seconds at most.", default=300)
    hashing_memory_kib: int = setting("Memory of one password hash, in KiB.", default=19456)
    hashing_passes: int = setting("Passes of one password hash.", default=2)
    hashing_slots: int = setting("Password hashes made at once; more would starve the service.", default=2)
    sms_hourly_floor: int = setting(
        "So many SMS codes may leave in an hour, all accounts together, or three times the usual if that is more (C5).",
        default=100,
    )
    fiction_mobiles: bool = setting("Take 06 39 98 xx xx, the numbers kept for fiction and tests.", default=False)

    def __post_init__(self) -> None:
        if not 0 < self.session_hours <= 10 or not 0 < self.token_seconds <= 300:
            raise SettingsError("Settings of identity: a session lives 10 hours at most, a token 300 seconds (C7).")
        if not 0 < self.identifier_hours <= self.identifier_undo_hours:
            raise SettingsError("Settings of identity: a change of identifiant can be undone as long as it waits (T5).")
        if not 0 < self.certification_notice_days < self.certification_days or self.certification_link_days <= 0:
            raise SettingsError("Settings of identity: a certification is announced before it ends, with a link (G54).")
        if not 0 < self.mobile_settled_hours < self.certification_days * 24:
            raise SettingsError("Settings of identity: a mobile number settles before it is certified again (G78).")

    def lifetimes(self) -> Lifetimes:
        """As the rules take them."""
        return Lifetimes(
            idle=timedelta(minutes=self.session_idle_minutes),
            absolute=timedelta(hours=self.session_hours),
            token=timedelta(seconds=self.token_seconds),
            invitation=timedelta(days=self.invitation_days),
            reset=timedelta(minutes=self.reset_minutes),
            code=timedelta(minutes=self.mobile_code_minutes),
            mobile_settled=timedelta(hours=self.mobile_settled_hours),
            certification=timedelta(days=self.certification_days),
            certification_notice=timedelta(days=self.certification_notice_days),
            certification_link=timedelta(days=self.certification_link_days),
            identifier=timedelta(hours=self.identifier_hours),
            identifier_undo=timedelta(hours=self.identifier_undo_hours),
        )

"""The brakes on SMS codes that no single person feels: client address, block of numbers, all together (C5, M6)."""

from dataclasses import dataclass
from datetime import timedelta

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.rules.windows import HOUR
from services.identity.domain.account import Account
from services.identity.domain.refusals import TooManyAttempts
from services.identity.domain.sms_brake import PER_ADDRESS, PER_BLOCK, REMEMBERED, block_of, hour_of, most_in_an_hour
from services.identity.steps import security
from services.identity.storage import accounts, counters, sms_hours


@dataclass(frozen=True)
class SmsFloor:
    """So many SMS may leave in an hour whatever was usual before."""

    an_hour: int


def brake_sms(account: Account, number: str, address: str, *, uow: UnitOfWork, sms_floor: SmsFloor) -> None:
    """Count one more SMS to `number` that the client `address` asked for. TooManyAttempts, which is noted, unless the
    number of `account` was certified once."""
    hour = hour_of(uow.now)
    sent = sms_hours.count(uow.connection, hour)
    if accounts.was_certified(uow.connection, account.account_id):
        return
    for purpose, value, windows in (("address", address, PER_ADDRESS), ("block", block_of(number), PER_BLOCK)):
        _refuse(counters.count(uow.connection, f"sms-{purpose}", value, windows, uow.now), account, purpose)
    before = sms_hours.between(uow.connection, hour - REMEMBERED, hour)
    if sent > most_in_an_hour(before, sms_floor.an_hour):
        _refuse(hour + HOUR - uow.now, account, "total")


def _refuse(pause: timedelta, account: Account, purpose: str) -> None:
    if pause:
        security.note(security.SMS_BRAKED, failed=True, account=account.account_id, purpose=purpose)
        raise TooManyAttempts(pause)

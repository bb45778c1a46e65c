"""Sending a code to the number typed on the page that completes an account (G50): the link is the proof, and its code
counts for that link and that number alone. The link goes on living.
"""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose
from services.identity.domain.person import Phones, read_mobile
from services.identity.domain.ports import Hasher, Sealer
from services.identity.domain.refusals import AlreadyCertified
from services.identity.steps.brake_sms import SmsFloor
from services.identity.steps.issue_code import Wanted, issue_code
from services.identity.steps.links import dead, opened
from services.identity.storage import codes


@dataclass(frozen=True)
class SendCodeByLink:
    """Who holds an invitation, at the client address `address`, typed a mobile number and pressed « Certifier »."""

    token: str
    telephone_mobile: str
    address: str

    def __repr__(self) -> str:
        return "SendCodeByLink(***)"


def send_code_by_link(
    command: SendCodeByLink,
    *,
    uow: UnitOfWork,
    sealer: Sealer,
    hasher: Hasher,
    phones: Phones,
    lifetimes: Lifetimes,
    sms_floor: SmsFloor,
) -> dict[str, str]:
    """{masked}: the number as it is shown. LinkDead (M3), also where the account was completed. NoMobile, PhoneRefused,
    AlreadyCertified; TooManyAttempts (AA38) sends nothing."""
    _, account = opened(Purpose.INVITATION, command.token, uow)
    if account.known:
        raise dead(Purpose.INVITATION)
    number, link = read_mobile(command.telephone_mobile, phones), digest(command.token)
    if codes.proved(uow.connection, link) == number:
        raise AlreadyCertified
    wanted = Wanted(account, number, command.address, link)
    return issue_code(wanted, uow=uow, sealer=sealer, hasher=hasher, lifetimes=lifetimes, sms_floor=sms_floor)

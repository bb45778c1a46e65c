"""Facts for the tests of months: a site, deposits and answers, with short names."""

from datetime import UTC, datetime

from contracts.words.facts import CrmStatus
from services.dsn.domain.crm import Crm, implied_code
from services.dsn.domain.deposit import Deposit
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife

SIRET = "73282932000074"
CODE = "BTPIDF"
PATIENCE = Patience()
OCTOBER = Period(2026, 10)  # due on Monday 16 November 2026, grace until the 24th
DUE = datetime(2026, 11, 16, 11, tzinfo=UTC)
GRACE_END = datetime(2026, 11, 24, 11, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """« 2026-11-20 » or « 2026-11-20T10:00 », UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def site(first: str = "2026-10", last: str | None = None, opened_at: datetime = LONG_AGO, **options) -> SiteLife:
    """A site of the caisse IDF, due on the 15th."""
    ends = Period.parse(last) if last else None
    days = options.pop("due_days", [(Period.parse(first), 15)])
    return SiteLife(SIRET, CODE, days, Period.parse(first), opened_at, ends, **options)


def deposit(name: str = "first", period: str = "2026-10", type: str = "01", fraction: str = "11", **options) -> Deposit:
    """A deposit of three people of our caisse; `name` is its identity and its flow."""
    told = {
        "order": 1,
        "is_test": False,
        "deposited_at": at("2026-11-10"),
        "individuals": 3,
        "fund_codes": {CODE: 3},
        "flow_id": name,
        "flow_rank": "1",
        **options,
    }
    return Deposit(
        identity=name,
        digest=name,
        siret=SIRET,
        period=Period.parse(period),
        nature=told.pop("nature", "01"),
        type=type,
        fraction=int(fraction[0]),
        fractions=int(fraction[1]),
        **told,
    )


def crm(flow: str, code: int | None, published: str = "2026-11-20", organism: str = "CIBTP") -> Crm:
    """The caisse's answer to the deposit `flow`."""
    status = CrmStatus.PENDING if code is None else (CrmStatus.OK, CrmStatus.ANO, CrmStatus.ANO, CrmStatus.KO)[code]
    return Crm(flow, "1", organism, status, implied_code(status, code), at(published))


def publications(*answers: Crm) -> dict:
    """Answers as a month takes them."""
    found: dict = {}
    for one in answers:
        found.setdefault((one.flow_id, one.flow_rank), []).append(one)
    return found

"""dsn as the pages see it: the choice list with its alerts, the bell, Suivi DSN and what explains each month."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gateway.clients.http import ServiceClient
from gateway.clients.shape import Page, Query, Window, read, read_page


@dataclass(frozen=True)
class AlertLine:
    """One message of the choice list: the period with its anomaly, and what is expected (G63)."""

    periode: str
    action: str


@dataclass(frozen=True)
class WatchedSite:
    """One line of the choice screen with its alerts."""

    site_id: UUID
    siret: str
    nom: str
    adherent_id: UUID
    raison_sociale: str
    identifiant: str
    alert_count: int = 0
    messages: list[AlertLine] = field(default_factory=list)


@dataclass(frozen=True)
class Bell:
    """The home page's alerts, one sentence each, oldest first (G64)."""

    count: int
    messages: list[str]


@dataclass(frozen=True)
class Month:
    """One month of Suivi DSN."""

    label: str
    state: str
    state_label: str
    periode: str = ""
    due_at: datetime | None = None
    contribution_due_on: date | None = None
    received_at: datetime | None = None
    late: bool = False
    type: str | None = None
    effectif: int | None = None
    anomalies: int = 0
    alert: str | None = None
    alert_status: str | None = None
    action: str | None = None


@dataclass(frozen=True)
class NextDsn:
    """The next declaration that is due."""

    label: str
    due_at: datetime


@dataclass(frozen=True)
class NextContribution:
    """The next contributions that are due."""

    label: str
    due_on: date


@dataclass(frozen=True)
class Months:
    """Suivi DSN of a site, the years there are, how many months wait for somebody, and what is due next."""

    items: list[Month]
    years: list[int] = field(default_factory=list)
    to_do: int = 0
    next_dsn: NextDsn | None = None
    next_contribution: NextContribution | None = None


@dataclass(frozen=True)
class Point:
    """A point of a month's time-line. `counts`: None for what is no fact; `why` it does not count."""

    what: str
    title: str
    at: datetime | None = None
    details: list[str] = field(default_factory=list)
    counts: bool | None = None
    why: str | None = None
    rule: str | None = None


@dataclass(frozen=True)
class ExplainedMonth(Month):
    """A month with the rule that applies, what to do by when, and every fact with its fate."""

    rule: str = ""
    rule_text: str = ""
    advice: list[str] = field(default_factory=list)
    act_before: datetime | None = None
    timeline: list[Point] = field(default_factory=list)
    counted: list[Point] = field(default_factory=list)
    ignored: list[Point] = field(default_factory=list)


class DsnClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def sites(self, window: Window, search: str = "", *, alerts_only: bool = False) -> Page[WatchedSite]:
        """The sites I may enter today, with their alerts."""
        narrowed: Query = {"search": search} if search else {}
        narrowed |= {"alertes": "1"} if alerts_only else {}
        return read_page(WatchedSite, self.ask("GET", "/sites", params=window.query() | narrowed))

    def bell(self, site_id: UUID) -> Bell:
        """The alerts of one site as the home page words them."""
        return read(Bell, self.ask("GET", f"/sites/{site_id}/alerts", params={"view": "home"}))

    def months(self, site_id: UUID, year: int | None, sort: str = "", *, todo: bool = False) -> Months:
        """The months of a site that are asked for, and those that have an alert; with `todo`, only what waits."""
        asked: Query = {"year": year} if year else {}
        asked |= {"sort": sort} if sort else {}
        asked |= {"todo": "true"} if todo else {}
        return read(Months, self.ask("GET", f"/sites/{site_id}/suivi", params=asked))

    def month(self, site_id: UUID, period: str) -> ExplainedMonth:
        """Why the month « AAAA-MM » stands where it stands."""
        return read(ExplainedMonth, self.ask("GET", f"/sites/{site_id}/suivi/{period}"))

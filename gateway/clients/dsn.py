"""dsn as the pages see it: the choice list with its alerts, the bell, Suivi DSN and what explains each month."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gateway.clients.http import ServiceClient, shown
from gateway.clients.problem import Problem
from gateway.clients.shape import Page, Query, Window, read, read_page

NO_MESSAGES: Query = {"messages": "false"}  # the numbers alone: what is said of each is asked for by a bubble


@dataclass(frozen=True)
class AlertLine:
    """One message of a bubble of the choice list: the period with its anomaly, the action (G63); `new` as below."""

    periode: str
    action: str
    new: bool = False


@dataclass(frozen=True)
class WatchedSite:
    """One line of the choice screen, with how many alerts wait there and how many of them are new."""

    site_id: UUID
    siret: str
    nom: str
    adherent_id: UUID
    raison_sociale: str
    identifiant: str
    alert_count: int = 0
    news: int = 0


@dataclass(frozen=True)
class Care:
    """Who takes care of an alert, since when, and until when it holds without a correction."""

    by: UUID
    since: datetime
    until: datetime
    mine: bool = False


@dataclass(frozen=True)
class OpenAlert:
    """An alert that waits, of the month « AAAA-MM »; `new`: it opened since the person was last shown it."""

    alert_id: UUID
    version: int
    periode: str = ""
    new: bool = False
    correction: Care | None = None


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


@dataclass(frozen=True, kw_only=True)
class OpenAlerts:
    """The open alerts of a site: how many, how many of them new, and each of them. `may_take`: whether the person may
    say that he takes care of one. What is due next is there when it was asked for."""

    count: int
    news: int = 0
    may_take: bool = False
    items: list[OpenAlert] = field(default_factory=list)
    next_dsn: NextDsn | None = None
    next_contribution: NextContribution | None = None


@dataclass(frozen=True, kw_only=True)
class Bell(OpenAlerts):
    """As the home page words them, one sentence each, oldest first (G64), in the order of `items`."""

    messages: list[str]


@dataclass(frozen=True, kw_only=True)
class Bubble(OpenAlerts):
    """As the choice list words them, newest first (G63)."""

    messages: list[AlertLine]


@dataclass(frozen=True)
class Months:
    """Suivi DSN of a site, the years there are, how many months wait for somebody, what is due next; its alerts when
    asked for."""

    items: list[Month]
    years: list[int] = field(default_factory=list)
    to_do: int = 0
    alerts: Bell | None = None
    next_dsn: NextDsn | None = None
    next_contribution: NextContribution | None = None


@dataclass(frozen=True)
class Return:
    """A return of a caisse's answer: what is wrong, how much it weighs, in which rubric, how often."""

    code: str
    severity: str
    count: int
    rubric: str | None = None
    rubric_label: str | None = None


@dataclass(frozen=True)
class Point:
    """A point of a month's time-line. `counts`: None for what is no fact; `why` it does not count. `by`: the account
    that did it, `mine` when that is the person; `returns`: what an answer says in detail, without `more_returns`."""

    what: str
    title: str
    at: datetime | None = None
    details: list[str] = field(default_factory=list)
    counts: bool | None = None
    why: str | None = None
    rule: str | None = None
    by: UUID | None = None
    mine: bool = False
    returns: list[Return] = field(default_factory=list)
    more_returns: int = 0


@dataclass(frozen=True)
class LivingAlert:
    """An alert of a month that is not over: who takes care of it."""

    correction: Care | None = None


@dataclass(frozen=True)
class ExplainedMonth(Month):
    """A month with the rule that applies, what to do by when, its alerts, and every fact with its fate."""

    rule: str = ""
    rule_text: str = ""
    advice: list[str] = field(default_factory=list)
    act_before: datetime | None = None
    alerts: list[LivingAlert] = field(default_factory=list)
    timeline: list[Point] = field(default_factory=list)
    counted: list[Point] = field(default_factory=list)
    ignored: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class BoardAlert:
    """An alert that waits on one of my sites: its month « AAAA-MM » and in words, what is wrong, what is to be done."""

    site_id: UUID
    adherent_id: UUID
    raison_sociale: str
    siret: str
    nom: str
    identifiant: str
    periode: str
    periode_label: str
    label: str
    action: str
    opened_at: datetime
    new: bool = False
    correction: Care | None = None


@dataclass(frozen=True)
class KindCount:
    """How many alerts of a kind wait."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class BoardTotals:
    """On how many of my sites something waits, and how many alerts of each kind."""

    sites: int
    kinds: list[KindCount]


@dataclass(frozen=True)
class Board(Page[BoardAlert]):
    """A page of the alerts of all my sites, and the totals of all kinds."""

    items: list[BoardAlert]
    totals: BoardTotals


class DsnClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def sites(
        self, window: Window, search: str = "", *, alerts_only: bool = False, brief: bool = True
    ) -> Page[WatchedSite]:
        """The sites I may enter today, with how many alerts each has. Not `brief`: asked of a service of the version
        before, which always says what each alert is."""
        narrowed: Query = {"search": search} if search else {}
        narrowed |= {"alertes": "1"} if alerts_only else {}
        narrowed |= NO_MESSAGES if brief else {}
        try:
            return read_page(WatchedSite, self.ask("GET", "/sites", params=window.query() | narrowed))
        except Problem as problem:
            if problem.status != 422 or not brief:
                raise
            return self.sites(window, search, alerts_only=alerts_only, brief=False)

    def bell(self, site_id: UUID, *, seconds: float | None = None, ahead: bool = False) -> Bell:
        """The alerts of one site as the home page words them, with `ahead` what is due next; within `seconds`, if
        said."""
        asked: Query = {"view": "home", "ahead": "true"} if ahead else {"view": "home"}
        return read(Bell, self.ask("GET", f"/sites/{site_id}/alerts", seconds=seconds, params=asked))

    def waiting(self, site_id: UUID, *, seconds: float) -> Bell:
        """How many alerts of one site wait, and how many are new, without what they say; within `seconds`."""
        try:
            asked: Query = {"view": "home", **NO_MESSAGES}
            return read(Bell, self.ask("GET", f"/sites/{site_id}/alerts", seconds=seconds, params=asked))
        except Problem as problem:
            if problem.status != 422:  # as above
                raise
            return self.bell(site_id, seconds=seconds)

    def bubble(self, site_id: UUID) -> Bubble:
        """The alerts of one site as the choice list words them."""
        return read(Bubble, self.ask("GET", f"/sites/{site_id}/alerts", params={"view": "sites"}))

    def board(self, page: int, page_size: int, kind: str | None = None) -> Board:
        """The alerts that wait on all my sites, of one kind if it is said; 404 by a service of the version before."""
        window: Query = {"page": page, "page_size": page_size}
        return read(Board, self.ask("GET", "/alerts", params=window | ({"kind": kind} if kind else {})))

    def see(self, alert_id: UUID) -> None:
        """The person was shown an alert."""
        self.send("POST", f"/alerts/{alert_id}/seen", json={})

    def take(self, alert_id: UUID, version: int) -> None:
        """« Je m'en occupe », on the version that was shown: 412 when it changed, 409 when it waits for nobody."""
        self.send("POST", f"/alerts/{alert_id}/correction", json={}, headers=shown(version))

    def leave(self, alert_id: UUID, version: int) -> None:
        """Nobody takes care of it any more: 412 when it changed."""
        self.send("POST", f"/alerts/{alert_id}/correction/end", json={}, headers=shown(version))

    def months(
        self, site_id: UUID, year: int | None, sort: str = "", *, todo: bool = False, alerts: bool = False
    ) -> Months:
        """The months of a site that are asked for, and those that have an alert; with `todo`, only what waits. With
        `alerts`, the open alerts as `bell` reads them: 422 by a service of the version before."""
        asked: Query = {"year": year} if year else {}
        asked |= {"sort": sort} if sort else {}
        asked |= {"todo": "true"} if todo else {}
        asked |= {"alerts": "true"} if alerts else {}
        return read(Months, self.ask("GET", f"/sites/{site_id}/suivi", params=asked))

    def month(self, site_id: UUID, period: str) -> ExplainedMonth:
        """Why the month « AAAA-MM » stands where it stands."""
        return read(ExplainedMonth, self.ask("GET", f"/sites/{site_id}/suivi/{period}"))

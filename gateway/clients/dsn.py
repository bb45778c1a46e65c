"""dsn as the pages see it: the choice list with its alerts, the bell, Suivi DSN."""

from dataclasses import dataclass, field
from datetime import datetime
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
    due_at: str | None = None
    received_at: datetime | None = None
    type: str | None = None
    effectif: int | None = None
    action: str | None = None


@dataclass(frozen=True)
class Months:
    """Suivi DSN of a site, and the years there are."""

    items: list[Month]
    years: list[int] = field(default_factory=list)


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

    def months(self, site_id: UUID, year: int | None) -> Months:
        """The months expected of a site, most recent first."""
        query = {"year": year} if year else {}
        return read(Months, self.ask("GET", f"/sites/{site_id}/suivi", params=query))

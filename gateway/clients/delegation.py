"""delegation as the pages see it: sites, adhérents, beneficiaries, the rights matrix."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from gateway.clients.adherent import Adherent
from gateway.clients.awaited import AllAwaited, Awaited, AwaitingList
from gateway.clients.bank_details import BankDetailsClient
from gateway.clients.history import Journal, Lines
from gateway.clients.http import shown
from gateway.clients.mandates import MandateClient
from gateway.clients.past import WhoCould
from gateway.clients.people import PeopleClient
from gateway.clients.problem import Problem
from gateway.clients.profiles import ProfileClient
from gateway.clients.requests import (
    BeneficiaryFilters,
    Closing,
    Granted,
    JournalFilters,
    NewDelegation,
    PastFilters,
    Refusal,
    ReviewAnswers,
    ReviewFilters,
    Suspension,
    Terms,
)
from gateway.clients.reviewing import ReviewLine
from gateway.clients.shape import Page, Query, Window, body, query, read, read_page

Verb = Literal["confirmation", "invitation", "resumption"]
SHORTLY = 1.0  # seconds


@dataclass(frozen=True)
class Site:
    """One line of the choice screen."""

    site_id: UUID
    siret: str
    nom: str
    adherent_id: UUID
    raison_sociale: str
    identifiant: str


@dataclass(frozen=True)
class Grant:
    """What the person may do on the site's adhérent today."""

    administrator: bool
    colleges: list[str]
    rights: dict[str, str]
    role: str = ""
    kind: str = ""
    delegation_id: UUID | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Company:
    """The adhérent of a site, as far as a page needs more than its name: the caisse that it belongs to."""

    caisse: str = ""


@dataclass(frozen=True)
class Tier:
    """The adhérent and site a page is about, with the rights of the person."""

    site_id: UUID
    siret: str
    nom: str
    adherent_id: UUID
    raison_sociale: str
    identifiant: str
    access: Grant
    has_others: bool = False  # other sites that the person may enter (G67)
    adherent: Company = field(default_factory=Company)


@dataclass(frozen=True)
class Home(Tier):
    """A site with its home page: codes of the tiles that are pinned, of those used most, and what awaits (G69)."""

    pinned: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    own_end: date | None = None
    to_confirm: AwaitingList = field(default_factory=AwaitingList)
    to_prolong: AwaitingList = field(default_factory=AwaitingList)
    ending: AwaitingList = field(default_factory=AwaitingList)
    to_review: int = 0


@dataclass(frozen=True)
class Named:
    """A code of the catalogue and its label."""

    code: str
    label: str


@dataclass(frozen=True)
class Group:
    """A group of functions of the matrix."""

    label: str
    functions: list[Named]


@dataclass(frozen=True)
class Catalogue:
    """The functions and the collèges that can be delegated (data, T9)."""

    groups: list[Group]
    colleges: list[Named]


@dataclass(frozen=True)
class Invitation:
    """That a delegation waits for its person; `statut_detail` says in words what happened to its link (K6)."""


@dataclass(frozen=True)
class Beneficiary:
    """One line of the list (G12)."""

    delegation_id: UUID
    role: str
    nom: str | None
    prenom: str | None
    statut: str
    starts_on: date
    ends_on: date | None
    email: str
    statut_detail: str | None = None
    invitation: Invitation | None = None
    actions: list[str] = field(default_factory=list)
    a_revoir: bool = False  # granted by somebody who administers no more (C10)
    prolongation_until: date | None = None  # its beneficiary asks that it lasts until then

    @property
    def name(self) -> str:
        """How the line is called: the name, or the address while there is none."""
        return f"{self.prenom} {self.nom}" if self.nom else self.email


@dataclass(frozen=True)
class Delegation(Beneficiary, Terms):
    """One delegation with all that it grants."""

    administrator: bool = False
    colleges: list[str] = field(default_factory=list)
    rights: dict[str, str] = field(default_factory=dict)
    version: int = 1
    opened_at: datetime | None = None
    opened_by: str | None = None
    completed_at: datetime | None = None
    confirmed_at: datetime | None = None
    refused_at: datetime | None = None
    closed_at: datetime | None = None
    below: int = 0  # what its closing closes with it, and what its holder granted that stays « À revoir »
    left_to_review: int = 0
    unavailable: dict[str, str] = field(default_factory=dict)  # why, of an act that is not offered


@dataclass(frozen=True)
class Located:
    """Where a delegation known by its id alone belongs (the mail's link)."""

    delegation_id: UUID
    adherent_id: UUID


class DelegationClient(MandateClient, BankDetailsClient, ProfileClient, PeopleClient):
    """One method per endpoint; raises Problem."""

    def sites(self, window: Window, search: str = "") -> Page[Site]:
        """The sites I may enter today."""
        narrowed: Query = {"search": search} if search else {}
        return read_page(Site, self.ask("GET", "/sites", params=window.query() | narrowed))

    def awaited(self) -> list[Awaited]:
        """What I accepted and opens nothing to me yet, the nearest day first."""
        return read(AllAwaited, self.ask("GET", "/awaited")).items

    def site(self, site_id: UUID) -> Tier:
        """One of my sites with my rights: 404 M5 otherwise."""
        return read(Tier, self.ask("GET", f"/sites/{site_id}"))

    def home(self, site_id: UUID) -> Home:
        """The same, with what its home page shows. A service of the version before knows the site alone: then there
        are no tiles by use, and nothing awaits."""
        try:
            return read(Home, self.ask("GET", f"/sites/{site_id}/home"))
        except Problem as problem:
            if problem.status != 404:
                raise
        return Home(**vars(self.site(site_id)))

    def use(self, adherent_id: UUID, codes: Sequence[str]) -> None:
        """I opened these today; not waited for longer than a second."""
        self.send("POST", f"/adherents/{adherent_id}/uses", json={"codes": list(codes)}, seconds=SHORTLY)

    def pin(self, adherent_id: UUID, code: str) -> None:
        """Keep that tile in front."""
        self.send("POST", f"/adherents/{adherent_id}/pins/{code}", json={})

    def unpin(self, adherent_id: UUID, code: str) -> None:
        """Leave it to its uses."""
        self.send("POST", f"/adherents/{adherent_id}/pins/{code}/end", json={})

    def catalogue(self) -> Catalogue:
        """The matrix's rows and the collèges."""
        return read(Catalogue, self.ask("GET", "/catalogue"))

    def adherent(self, adherent_id: UUID) -> Adherent:
        """The adhérent, for its administrators."""
        return read(Adherent, self.ask("GET", f"/adherents/{adherent_id}"))

    def beneficiaries(self, adherent_id: UUID, window: Window, filters: BeneficiaryFilters) -> Page[Beneficiary]:
        """« Liste des bénéficiaires de délégation », filtered, sorted and paged by the service."""
        params = window.query("tri") | query(filters)
        return read_page(Beneficiary, self.ask("GET", f"/adherents/{adherent_id}/delegations", params=params))

    def open(self, adherent_id: UUID, delegation: NewDelegation, rights: Granted) -> None:
        """Open a delegation."""
        self.send("POST", f"/adherents/{adherent_id}/delegations", json=body(delegation) | body(rights))

    def delegation(self, adherent_id: UUID, delegation_id: UUID) -> Delegation:
        """One delegation in full."""
        return read(Delegation, self.ask("GET", f"/adherents/{adherent_id}/delegations/{delegation_id}"))

    def journal(self, adherent_id: UUID, delegation_id: UUID) -> Journal:
        """Who did what with it, when."""
        return read(Journal, self.ask("GET", f"/adherents/{adherent_id}/delegations/{delegation_id}/journal"))

    def history(self, adherent_id: UUID, filters: JournalFilters, before: UUID | None, count: int) -> Lines:
        """What was done with the delegations of the adhérent, `count` lines from `before` on (None: the newest)."""
        params = query(filters) | {"page_size": count} | ({"avant": str(before)} if before else {})
        return read(Lines, self.ask("GET", f"/adherents/{adherent_id}/journal", params=params))

    def who_could(self, adherent_id: UUID, filters: PastFilters, after: UUID | None, count: int = 25) -> WhoCould:
        """Who could do what on a past day, `count` people after the delegation `after` (None: from the first)."""
        params = query(filters) | {"page_size": count} | ({"apres": str(after)} if after else {})
        return read(WhoCould, self.ask("GET", f"/adherents/{adherent_id}/who-could", params=params))

    def change(self, adherent_id: UUID, delegation_id: UUID, version: int, terms: Terms, rights: Granted) -> None:
        """Change rights and dates: 412 with who, when and what if it is not `version`, which was shown, any more."""
        path = f"/adherents/{adherent_id}/delegations/{delegation_id}"
        self.send("PUT", path, json=body(terms) | body(rights), headers=shown(version))

    def act(self, adherent_id: UUID, delegation_id: UUID, version: int, verb: Verb) -> None:
        """`verb` on the version that was shown: 412 when it is not current, 409 when the state does not allow it."""
        path = f"/adherents/{adherent_id}/delegations/{delegation_id}/{verb}"
        self.send("POST", path, json={}, headers=shown(version))

    def refuse(self, adherent_id: UUID, delegation_id: UUID, version: int, refusal: Refusal) -> None:
        """Refuse it on the version that was shown, with the reason that both sides read."""
        path = f"/adherents/{adherent_id}/delegations/{delegation_id}/refusal"
        self.send("POST", path, json=body(refusal), headers=shown(version))

    def close(self, adherent_id: UUID, delegation_id: UUID, version: int, closing: Closing) -> None:
        """Close it on the version that was shown, at the end of that day: 409 M7 for the last administrator."""
        path = f"/adherents/{adherent_id}/delegations/{delegation_id}/closing"
        self.send("POST", path, json=body(closing), headers=shown(version))

    def suspend(self, adherent_id: UUID, delegation_id: UUID, version: int, suspension: Suspension) -> None:
        """Suspend it on the version that was shown, up to the end of that day: 409 M7 for the last administrator."""
        path = f"/adherents/{adherent_id}/delegations/{delegation_id}/suspension"
        self.send("POST", path, json=body(suspension), headers=shown(version))

    def reviewed(self, adherent_id: UUID, window: Window, filters: ReviewFilters) -> Page[ReviewLine]:
        """What I review of the adhérent, by name, with the last use of each right."""
        params = {"page": window.page, "page_size": window.page_size} | query(filters)
        return read_page(ReviewLine, self.ask("GET", f"/adherents/{adherent_id}/review", params=params))

    def review(self, adherent_id: UUID, answers: ReviewAnswers) -> None:
        """Answer for several at once: 409 with a sentence for each delegation that cannot be answered for so."""
        self.send("POST", f"/adherents/{adherent_id}/review", json=body(answers))

    def locate(self, delegation_id: UUID) -> Located:
        """The adhérent of a delegation I administer: 404 M5 otherwise."""
        return read(Located, self.ask("GET", f"/delegations/{delegation_id}"))

"""Sites: the projection of the referential, and what of each has to be looked at next."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.messaging.projections import Projection
from backbone.shape.aside import without
from backbone.store.database import older
from contracts.events.stated import ADHERENT_STATED
from contracts.rules.folding import fold
from services.dsn.domain.calendar import Calendar
from services.dsn.domain.deposit import fund_code
from services.dsn.domain.overrides import Override
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife
from services.dsn.storage import history, telling
from services.dsn.storage.calendar import calendars_of
from services.dsn.storage.history import AdherentState, SiteHistory
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import adherent, site

_Values = dict[str, Any]
ADHERENTS = Projection("delegation", "adherents", adherent, "adherent_id", stated=ADHERENT_STATED.type)
# A site stays its adhérent's, whoever else names it: one of another adhérent at the same SIRET is another site.
SITES = Projection("delegation", "sites", site, "site_id", fixed=("adherent_id",))
# What `life_of` reads of a row, with the id.
JUDGED = tuple("site_id siret caisse due_day due_days first_period last_period opened_at withdrawn".split())
LONGEST_KEY = 500  # one character may fold to eighteen


@dataclass(frozen=True)
class Outlook:
    """What an evaluation leaves on a site: alerts waiting for the user, and when to look again."""

    open_alerts: int
    next_eval_at: datetime | None


def project(connection: Connection, states: Sequence[AdherentState], now: datetime) -> None:
    """Keep the newest state of each adhérent; its sites are to be evaluated, those it no longer names are withdrawn."""
    heads = [one.head for one in states]
    ADHERENTS.keep(connection, heads)
    concerned = {head["adherent_id"] for head in heads}
    _lock(connection, _ids(connection, site.c.adherent_id, concerned))
    said = history.tell(connection, states)
    rows = [_row(one, each, said[each["site_id"]], now) for one in states for each in one.data["sites"]]
    others = telling.others_than(connection, rows)
    SITES.keep(connection, rows)
    telling.say_again(connection, others)
    for some in chunks(concerned):
        unnamed = sa.exists().where(adherent.c.adherent_id == site.c.adherent_id, older(site, adherent.c))
        gone = sa.and_(site.c.adherent_id.in_(some), site.c.withdrawn.is_(False), unnamed)
        connection.execute(sa.update(site).where(gone).values(withdrawn=True, next_eval_at=now))


def withdraw_unsaid(connection: Connection, epoch: int, now: datetime) -> None:
    """The sites that the referential did not say in `epoch` have left it."""
    ADHERENTS.end(connection, epoch)  # before the sites, as `project` takes them
    staying = site.c.withdrawn.is_(False)
    _lock(connection, connection.execute(sa.select(site.c.site_id).where(SITES.unsaid(epoch), staying)).scalars())
    SITES.end(connection, epoch, staying, withdrawn=True, next_eval_at=now)


def _ids(connection: Connection, column: sa.Column[Any], values: Iterable[Any]) -> set[UUID]:
    """The sites whose `column` is one of `values`."""
    found: set[UUID] = set()
    for some in chunks(values):
        found.update(connection.execute(sa.select(site.c.site_id).where(column.in_(some))).scalars())
    return found


def _lock(connection: Connection, ids: Iterable[UUID]) -> None:
    """Take the sites in the one order everybody takes them: two writers wait for each other, none for ever."""
    for some in chunks(sorted(ids)):
        query = sa.select(site.c.site_id).where(site.c.site_id.in_(some)).order_by(site.c.site_id)
        connection.execute(query.with_for_update()).all()


def lives_of(connection: Connection, rows: Sequence[Any], patience: Patience) -> dict[UUID, SiteLife]:
    """The sites of `rows`, as their months are judged by what their caisses say now."""
    calendars = calendars_of(connection, {row.caisse for row in rows}, patience)
    return {row.site_id: life_of(row, patience, calendars[row.caisse]) for row in rows}


def life_at(connection: Connection, row: Any, patience: Patience) -> SiteLife:
    """The same of one site, whose row says whether its caisse ever `MOVED` a due date: most never did."""
    if row.moved:
        return lives_of(connection, [row], patience)[row.site_id]
    return life_of(row, patience, Calendar(patience.region(row.caisse)))


def life_of(row: Any, patience: Patience, calendar: Calendar) -> SiteLife:
    """The site of a row, as its months are judged."""
    return SiteLife(
        siret=row.siret,
        fund_code=fund_code(row.caisse, patience.fund_codes),
        due_days=history.due_days_of(row),
        first_period=Period.parse(row.first_period),
        opened_at=row.opened_at,
        last_period=Period.parse(row.last_period) if row.last_period else None,
        withdrawn=row.withdrawn,
        calendar=calendar,
    )


def adherent_of(connection: Connection, site_id: UUID) -> UUID | None:
    """Whose site it is; None of one that is not, or not any more."""
    one = sa.select(site.c.adherent_id).where(site.c.site_id == site_id, site.c.withdrawn.is_(False))
    return connection.scalar(one)


def locked(connection: Connection, ids: Iterable[UUID]) -> list[Any]:
    """The rows of `ids`, locked in one order: two evaluations of one site wait for each other."""
    rows: list[Any] = []
    for some in chunks(sorted(ids)):
        query = sa.select(site).where(site.c.site_id.in_(some)).order_by(site.c.site_id)
        rows += connection.execute(query.with_for_update())
    return rows


def due(connection: Connection, now: datetime, limit: int, beside: Collection[UUID] = ()) -> list[UUID]:
    """The sites time has come for, without those set aside; held until the transaction ends. Those that somebody else
    holds are left out: he makes them due again, or they still are at the next run."""
    come = (site.c.next_eval_at <= now, without(site.c.site_id, beside))
    query = sa.select(site.c.site_id).where(*come).order_by(site.c.next_eval_at, site.c.site_id)
    return list(connection.execute(query.limit(limit).with_for_update(skip_locked=True)).scalars())


def asleep(
    connection: Connection, after: UUID | None, now: datetime, limit: int, beside: Collection[UUID] = ()
) -> list[UUID]:
    """The next sites by id, `after` this one, for which time has not come, or never will, without those set aside."""
    later = sa.or_(site.c.next_eval_at.is_(None), site.c.next_eval_at > now)
    query = sa.select(site.c.site_id).where(site.c.withdrawn.is_(False), later, without(site.c.site_id, beside))
    if after is not None:
        query = query.where(site.c.site_id > after)
    return list(connection.execute(query.order_by(site.c.site_id).limit(limit)).scalars())


def concerned_by(connection: Connection, moved: Sequence[Override]) -> list[UUID]:
    """The sites of whose months one of `moved` is the due date."""
    by_caisse: dict[str, list[Override]] = defaultdict(list)
    for one in moved:
        by_caisse[one.caisse].append(one)
    found: list[UUID] = []
    for some in chunks(by_caisse):
        for row in connection.execute(sa.select(site).where(site.c.caisse.in_(some), site.c.withdrawn.is_(False))):
            life = life_of(row, Patience(), Calendar())
            if any(life.declares_by(one.period, one.due_day) for one in by_caisse[row.caisse]):
                found.append(row.site_id)
    return found


def wake(connection: Connection, ids: Collection[UUID], now: datetime) -> None:
    """The sites `ids` are to be looked at now."""
    _lock(connection, ids)
    for some in chunks(ids):
        connection.execute(sa.update(site).where(site.c.site_id.in_(some)).values(next_eval_at=now))


def look_by(connection: Connection, site_id: UUID, at: datetime) -> None:
    """Look at the site at `at` at the latest."""
    later = sa.or_(site.c.next_eval_at.is_(None), site.c.next_eval_at > at)
    connection.execute(sa.update(site).where(site.c.site_id == site_id, later).values(next_eval_at=at))


def with_sirets(connection: Connection, sirets: Iterable[str]) -> dict[str, list[Any]]:
    """The sites that have each SIRET (site_id, siret, caisse): usually one, two when an identifiant took over."""
    found: dict[str, list[Any]] = defaultdict(list)
    columns = (site.c.site_id, site.c.siret, site.c.caisse)
    for some in chunks(sirets):
        for row in connection.execute(sa.select(*columns).where(site.c.siret.in_(some), site.c.withdrawn.is_(False))):
            found[row.siret].append(row)
    return found


def settle(connection: Connection, outlooks: Mapping[UUID, Outlook]) -> None:
    """Write what evaluations leave: one statement for all the sites that are left alike."""
    alike: dict[Outlook, list[UUID]] = defaultdict(list)
    for site_id, outlook in outlooks.items():
        alike[outlook].append(site_id)
    for outlook, ids in alike.items():
        values = {"open_alerts": outlook.open_alerts, "next_eval_at": outlook.next_eval_at}
        connection.execute(sa.update(site).where(site.c.site_id.in_(ids)).values(**values))


def look_again(connection: Connection, sirets: Iterable[str], now: datetime) -> None:
    """The sites of `sirets` are to be evaluated."""
    wake(connection, _ids(connection, site.c.siret, set(sirets)), now)


def _row(state: AdherentState, each: Mapping[str, Any], said: SiteHistory, now: datetime) -> _Values:
    data = state.data
    # A month that cannot be read must not stay unseen: the event fails here and is kept for an operator.
    for written in (each["first_period"], each["last_period"]):
        if written is not None:
            Period.parse(written)
    return {
        "site_id": each["site_id"],
        "adherent_id": data["adherent_id"],
        "epoch": state.epoch,
        "sequence": state.sequence,
        **{name: data[name] for name in ("caisse", "identifiant", "raison_sociale", "siren")},
        **{name: each[name] for name in ("siret", "nom", "due_day", "first_period", "last_period")},
        "raison_sociale_key": fold(f"{data['raison_sociale']} {each['nom']}")[:LONGEST_KEY],
        "nom_key": fold(each["nom"])[:LONGEST_KEY],
        "search_key": fold(f"{data['raison_sociale']} {each['nom']} {data['identifiant']} {each['siret']}"),
        "opened_at": said.opened_at,
        "due_days": said.due_days,
        "withdrawn": False,
        "next_eval_at": now,
    }

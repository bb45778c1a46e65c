"""The service in the words of its tests: sites and grants come by the bus, files and questions by HTTP."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.events import delegation
from services.dsn.storage.tables import alert, alert_event, declaration, site
from tools.dsn_synth.monthly import Monthly, render, rubrics

SIRET = "73282932000074"
OTHER_SIRET = "73282932000082"
ACCOUNT = UUID("01930000-0000-7000-8000-0000000000c1")
DSN_RIGHTS = {"declarations_nominatives": "consultation"}


class Dsn(ServiceUnderTest):
    """The dsn service."""

    def site(self, *, siret=SIRET, first="2026-09", last=None, adherent_id=None, sequence=1, nom="Siège", **said):
        """An adhérent of one site comes from the referential; the site's id."""
        site_id = said.pop("site_id", None) or new_id()
        one = {"site_id": site_id, "siret": siret, "nom": nom, "due_day": said.pop("due_day", 15)}
        one |= {"first_period": first, "last_period": last}
        self.referential([one], adherent_id=adherent_id or new_id(), sequence=sequence, **said)
        return site_id

    def referential(self, sites, *, adherent_id, sequence=1, look=True, **said):
        """A whole adhérent comes from the referential, and its sites are looked at."""
        card = delegation.ADHERENT_REGISTERED if sequence == 1 else delegation.ADHERENT_UPDATED
        named = {"caisse": "IDF", "identifiant": "0412345", "raison_sociale": "ENTREPRISE DURAND", "siren": "732829320"}
        self.deliver(card, {"adherent_id": adherent_id, **named, **said, "sites": sites}, sequence=sequence)
        if look:
            self.clock.advance(timedelta(seconds=1))
            self.run_job("evaluate_due_sites")

    def grant(self, *site_ids, account=ACCOUNT, rights=None, starts_on=date(2026, 1, 1), sequence=1, **said):
        """The account may enter the adhérents of these sites; the ids of the delegations."""
        card = delegation.DELEGATION_CONFIRMED
        grants = []
        for site_id in site_ids:
            state = card.load(card.example)
            state["delegation_id"] = said.get("delegation_id") or new_id()
            state["adherent"] = {**state["adherent"], "adherent_id": self.adherent_of(site_id)}
            state["beneficiary"] = {**state["beneficiary"], "account_id": account}
            state |= {"rights": DSN_RIGHTS if rights is None else rights, "starts_on": starts_on}
            state |= {name: said[name] for name in ("ends_on", "administrator") if name in said}
            self.deliver(card, state, sequence=sequence)
            grants.append(state)
        return grants

    def close_grant(self, state, sequence=2):
        """The administrator closes the delegation."""
        closed = {**state, "closed_at": self.clock.now(), "reason": "fermeture"}
        self.deliver(delegation.DELEGATION_CLOSED, closed, sequence=sequence)

    def adherent_of(self, site_id):
        """Whose site it is."""
        return self.rows(sa.select(site.c.adherent_id).where(site.c.site_id == site_id))[0][0]

    def send(self, data, **options):
        """The caisse's systems send a file; the answer."""
        options.setdefault("machine", ["dsn:write"])
        return self.post("/v1/imports", data=data, content_type="application/octet-stream", **options)

    def declare(self, period, **options):
        """A real monthly file of this site comes; what became of it."""
        answer = self.send(render(rubrics(Monthly(siret=options.pop("siret", SIRET), period=period, **options))))
        assert answer.status == 200, answer.json
        return answer.json["declarations"][0]

    def alerts(self, site_id, view="sites", account=ACCOUNT):
        """What the bell of the site says."""
        answer = self.get(f"/v1/sites/{site_id}/alerts?view={view}", as_=account)
        assert answer.status == 200, answer.json
        return answer.json["messages"]

    def at(self, text):
        """Let it be this instant (UTC), and what is due be done."""
        self.clock.set(datetime.fromisoformat(text).replace(tzinfo=UTC))
        self.run_job("evaluate_due_sites")

    def rows(self, query):
        """What the database says."""
        with self.engine.connect() as connection, connection.begin():
            return list(connection.execute(query))

    def state(self):
        """Everything that must not move when nothing happens."""
        tables = {alert: "alert_id", alert_event: "event_id", declaration: "identity", site: "site_id"}
        return [self.rows(sa.select(table).order_by(table.c[key])) for table, key in tables.items()]

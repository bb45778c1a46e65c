"""The pages by bare Flask, psycopg and one template each: the same cookie, session, right check, rows and columns."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from flask import Flask, abort, render_template, request
from psycopg.rows import dict_row

from backbone.secrets import digest
from benchmarks.bare_sites import DSN, MINE
from benchmarks.pages_world import Stage
from contracts.rules.written import day as written
from contracts.words.statuses import AccountStatus, Statut
from gateway.kit.session import COOKIE
from services.dsn.domain.calendar import contribution_due_on
from services.dsn.domain.evaluation import current_period, evaluate
from services.dsn.domain.facts import Facts
from services.dsn.domain.messages import ACTION, Kind, home_message
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife

# The session's idle time starts anew at each page, as it does in ours (C7).
SESSION = """UPDATE sessions s SET seen_at = %(now)s FROM accounts a WHERE s.secret_hash = %(secret)s
    AND s.ended_at IS NULL AND s.expires_at > %(now)s AND s.seen_at > %(idle)s
    AND a.account_id = s.account_id AND a.status = %(active)s RETURNING a.account_id, a.prenom, a.nom"""
MAY = f"""SELECT s.siret, s.nom, a.raison_sociale, a.identifiant, d.administrator,
    (SELECT count(*) FROM site_access WHERE {MINE} last_day >= %(day)s) AS sites
  FROM site_access x JOIN sites s ON s.id = x.site_id JOIN adherents a ON a.id = s.adherent_id
  JOIN delegations d ON d.id = x.delegation_id
  WHERE x.account_id = %(me)s AND x.site_id = %(site)s AND x.starts_on <= %(day)s AND x.last_day >= %(day)s"""
MANY = "adherent_id = %(adherent)s AND closed_at IS NULL AND refused_at IS NULL AND last_day >= %(day)s"
NUMBER = f"SELECT count(*) FROM delegations WHERE {MANY}"
PEOPLE = f"""SELECT id, role, nom, prenom, starts_on, ends_on, email, account_id, CASE WHEN confirmed_at IS NULL
    THEN '{Statut.EN_ATTENTE}' WHEN starts_on > %(day)s THEN '{Statut.A_VENIR}' ELSE '{Statut.ACTIF}' END AS statut
  FROM delegations WHERE CASE WHEN {MANY} THEN true ELSE false END ORDER BY name_key, id LIMIT 5"""
FIRM = "SELECT identifiant, raison_sociale, cabinet_nom FROM adherents WHERE id = %(adherent)s"
USES = "SELECT code FROM pins WHERE account_id = %(me)s AND adherent_id = %(adherent)s"
WAITS = f"""SELECT count(*) FILTER (WHERE completed_at IS NOT NULL AND confirmed_at IS NULL) AS to_confirm,
    count(*) FILTER (WHERE ends_on <= %(soon)s) AS ending FROM delegations WHERE {MANY}
    AND (confirmed_at IS NULL OR ends_on <= %(soon)s)"""
NEWS = """SELECT a.site_id, count(*) FROM alert a WHERE a.site_id = ANY(%(ids)s) AND a.status = 'OPEN' AND NOT EXISTS
    (SELECT 1 FROM alert_seen n WHERE n.alert_id = a.alert_id AND n.account_id = %(me)s
    AND n.seen_at >= coalesce(a.opened_at, a.raised_at)) GROUP BY a.site_id"""
ALERTS = "SELECT period, kind FROM alert WHERE site_id = %(site)s AND status = 'OPEN' ORDER BY period, kind"
SITE = """SELECT s.siret, s.caisse, s.due_day, s.first_period, s.opened_at FROM site s JOIN access x
    ON x.tenant_id = s.adherent_id WHERE s.site_id = %(site)s AND NOT s.withdrawn AND x.account_id = %(me)s
    AND x.open AND x.starts_on <= %(day)s AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)"""
FACTS = "SELECT identity FROM declaration WHERE siret = %(siret)s"
LAYOUT = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>%s</title></head><body>
<header>{{ prenom }} {{ nom }}</header><main><h1>%s</h1>%s</main></body></html>"""
CHOIX = LAYOUT % (
    "Choix",
    "Choix",
    """<p>{{ total }}</p><table><tbody>{% for one in rows %}
<tr><td><input type="radio" name="site" value="{{ one[0] }}"></td><th>{{ one[4] }}</th><td>{{ one[1] }}</td>
<td>{{ one[2] }}</td><td>{{ one[5] }}</td><td>{% if one[6] %}<a href="/suivi/{{ one[0] }}">{{ one[6] }}</a>
{% if news[one[0]] %} {{ news[one[0]] }} nouvelles{% endif %}{% endif %}</td></tr>{% endfor %}</tbody></table>""",
)
DROITS = LAYOUT % (
    "Droits",
    "Droits",
    """<p>{{ firm.identifiant }} {{ firm.cabinet_nom }} {{ total }}</p>
<table><tbody>{% for one in rows %}<tr><td>{{ one.role }}</td><th>{{ one.nom }} {{ one.prenom }}</th>
<td>{{ one.statut }}</td><td>{{ written(one.starts_on) }}</td>
<td>{{ written(one.ends_on) if one.ends_on }}</td><td>{{ one.email }}</td>
<td><a href="/droits/{{ one.id }}">Visualisation</a>{% if one.account_id != me %}
<a href="/droits/{{ one.id }}/modifier">Modification</a> <a href="/droits/{{ one.id }}/fermer">Fermeture</a>{% endif %}
</td></tr>{% endfor %}</tbody></table>""",
)
ACCUEIL = LAYOUT % (
    "Accueil",
    "Accueil",
    """<p>{{ site.raison_sociale }} {{ site.nom }} {{ site.siret }}</p>
<ul>{% for one in alerts %}<li>{{ one }}</li>{% endfor %}</ul><p>{{ waits.to_confirm }} {{ waits.ending }}</p>
<ul>{% for one in pins %}<li>{{ one.code }}</li>{% endfor %}</ul>""",
)
SUIVI = LAYOUT % (
    "Suivi",
    "Suivi DSN",
    """<p>{{ site.raison_sociale }} {{ site.nom }} {{ site.siret }}</p>
<ul>{% for one in alerts %}<li>{{ one }}</li>{% endfor %}</ul><table><tbody>{% for one in months %}
<tr><th>{{ one.period.label }}</th><td>{{ one.label }}</td><td>{{ written(one.due_at) }}</td>
<td>{{ written(one.received_at) if one.received_at else "–" }}</td><td>{{ one.type_label or "–" }}</td>
<td>{{ one.individuals if one.individuals is not none else "–" }}</td><td>{{ one.errors }}</td>
<td>{{ ACTION if one.alert else "–" }}</td><td>{{ written(paid(one.period)) }}</td></tr>{% endfor %}
</tbody></table>""",
)


class Bare:
    """What a page asks of each database, as who is there; 401 and 404 as ours."""

    def __init__(self, stage: Stage, now: datetime, today: date) -> None:
        names = ("identity", "delegation", "dsn")
        self.lines = {name: psycopg.connect(stage.database(name), autocommit=True) for name in names}
        self.now, self.today = now, today

    def rows(self, database: str, statement: str, values: Mapping[str, Any]) -> list[Any]:
        """The rows of one statement, as dicts."""
        return self.lines[database].cursor(row_factory=dict_row).execute(statement, values).fetchall()

    def known(self, **values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """What statements are given, and what the page is shown of the person. 401 for nobody."""
        asked = {"secret": digest(request.cookies.get(COOKIE, "")), "now": self.now, "active": str(AccountStatus.ACTIF)}
        found = self.rows("identity", SESSION, {**asked, "idle": self.now - timedelta(minutes=30)})
        if not found:
            abort(401)
        (person,) = found
        return {"me": person["account_id"], "day": self.today, **values}, person

    def allowed(self, who: Mapping[str, Any], *, administrator: bool = False) -> dict[str, Any]:
        """The site of the address. 404 and 403."""
        found: list[dict[str, Any]] = self.rows("delegation", MAY, who)
        if not found:
            abort(404)
        if administrator and not found[0]["administrator"]:
            abort(403)
        return found[0]

    def close(self) -> None:
        """End its connections."""
        for line in self.lines.values():
            line.close()


def make(stage: Stage, now: datetime, today: date) -> Flask:
    """The application on the databases of `stage`, at that instant; ours show the same rows (`pages.py` looks)."""
    app, bare, patience = Flask("bare"), Bare(stage, now, today), stage.services["dsn"].port(Patience)
    app.extensions["close"] = bare.close
    app.jinja_env.globals.update(ACTION=ACTION, written=written, paid=contribution_due_on)
    made = {one: app.jinja_env.from_string(one) for one in (CHOIX, DROITS, ACCUEIL, SUIVI)}

    def told(who: Mapping[str, Any]) -> list[str]:
        return [home_message(Period.parse(one["period"]), Kind(one["kind"])) for one in bare.rows("dsn", ALERTS, who)]

    @app.get("/choix")
    def choix() -> str:
        who, person = bare.known()
        rows = bare.lines["dsn"].execute(DSN, who).fetchall()
        fresh = dict(bare.lines["dsn"].execute(NEWS, {**who, "ids": [one[0] for one in rows]}).fetchall())
        return render_template(made[CHOIX], rows=rows, news=fresh, total=rows[0][-1], **_named(person))

    @app.get("/espace/<uuid:adherent>/<uuid:site>/droits")
    def droits(adherent: Any, site: Any) -> str:
        who, person = bare.known(adherent=adherent, site=site)
        bare.allowed(who, administrator=True)
        (number,), (firm,) = (bare.rows("delegation", one, who) for one in (NUMBER, FIRM))
        rows = bare.rows("delegation", PEOPLE, who)
        said = {"firm": firm, "rows": rows, "total": number["count"], "me": who["me"]}
        return render_template(made[DROITS], **said, **_named(person))

    @app.get("/espace/<uuid:adherent>/<uuid:site>/")
    def accueil(adherent: Any, site: Any) -> str:
        who, person = bare.known(adherent=adherent, site=site, soon=today + timedelta(days=30))
        place, (waits,) = bare.allowed(who), bare.rows("delegation", WAITS, who)
        said = {"site": place, "waits": waits, "pins": bare.rows("delegation", USES, who), "alerts": told(who)}
        return render_template(made[ACCUEIL], **said, **_named(person))

    @app.get("/espace/<uuid:adherent>/<uuid:site>/suivi-dsn")
    def suivi(adherent: Any, site: Any) -> str:
        who, person = bare.known(adherent=adherent, site=site)
        place, (row,) = bare.allowed(who), bare.rows("dsn", SITE, who)
        assert not bare.rows("dsn", FACTS, {"siret": row["siret"]})  # nobody declared: months by the very rules
        first = Period.parse(row["first_period"])
        life = SiteLife(row["siret"], row["caisse"], [(first, row["due_day"])], first, row["opened_at"])
        found = evaluate(life, Facts(), now, patience, {}).months
        months = [found[one] for one in sorted(found, reverse=True) if one <= current_period(now)]
        return render_template(made[SUIVI], site=place, months=months, alerts=told(who), **_named(person))

    return app


def _named(person: Mapping[str, Any]) -> dict[str, Any]:
    return {"prenom": person["prenom"], "nom": person["nom"]}

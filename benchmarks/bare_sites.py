"""The two lists of sites by bare Flask and psycopg: the same token, the same question of the session, the same rows."""

import json
from typing import Any

import psycopg
from flask import Flask, Response, abort, request
from joserfc import jws

from backbone.testing import tokens
from services.dsn.domain.messages import Kind, site_message
from services.dsn.domain.periods import Period

MINE = "account_id = %(me)s AND starts_on <= %(day)s AND"
DELEGATION = f"""SELECT s.id, s.siret, s.nom, s.adherent_id, a.raison_sociale, a.identifiant,
    (SELECT count(*) FROM site_access WHERE {MINE} last_day >= %(day)s)
  FROM site_access x JOIN sites s ON s.id = x.site_id JOIN adherents a ON a.id = s.adherent_id
  WHERE x.account_id = %(me)s AND x.starts_on <= %(day)s AND x.last_day >= %(day)s
  ORDER BY x.raison_key, x.siret, x.site_id LIMIT 25"""
OPEN = f"SELECT DISTINCT tenant_id FROM access WHERE {MINE} open AND (ends_on IS NULL OR ends_on >= %(day)s)"
DSN = f"""SELECT s.site_id, s.siret, s.nom, s.adherent_id, s.raison_sociale, s.identifiant, s.open_alerts,
    (SELECT count(*) FROM site WHERE adherent_id IN ({OPEN}) AND NOT withdrawn)
  FROM site s WHERE s.adherent_id IN ({OPEN}) AND NOT s.withdrawn
  ORDER BY s.open_alerts DESC, s.raison_sociale_key, s.siret, s.site_id LIMIT 25"""
ALERTS = """SELECT a.site_id, a.period, a.kind, NOT EXISTS (SELECT 1 FROM alert_seen n WHERE
    n.alert_id = a.alert_id AND n.account_id = %(me)s AND n.seen_at >= coalesce(a.opened_at, a.raised_at))
  FROM alert a WHERE a.site_id = ANY(%(ids)s) AND a.status = 'OPEN'
  ORDER BY a.period DESC, a.kind"""
SITE = ("site_id", "siret", "nom", "adherent_id", "raison_sociale", "identifiant")


def make(dsn: str, day: Any) -> Flask:
    """The application on the database at `dsn`, on that day."""
    app, connection = Flask("bare"), psycopg.connect(dsn, autocommit=True)

    def known() -> dict[str, Any]:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        claims = json.loads(jws.deserialize_compact(token, tokens.KEY, algorithms=["ES256"]).payload)
        asked = ("SELECT 1 FROM revoked_sessions WHERE session_id = %s", (claims["sid"],))
        if claims["iss"] != "espace-identity" or connection.execute(*asked).fetchone():
            abort(401)
        return {"me": claims["sub"], "day": day}

    def answer(items: list[dict[str, Any]], total: int) -> Response:
        page = {"items": items, "page": 1, "page_size": 25, "total": total}
        return Response(json.dumps(page, default=str, ensure_ascii=False), mimetype="application/json")

    @app.get("/delegation")
    def delegation() -> Response:
        rows = connection.execute(DELEGATION, known()).fetchall()
        return answer([dict(zip(SITE, row, strict=False)) for row in rows], rows[0][-1])

    @app.get("/dsn")
    def dsn_() -> Response:
        who = known()
        rows = connection.execute(DSN, who).fetchall()
        found: dict[Any, list[Any]] = {row[0]: [] for row in rows}
        for site_id, period, kind, new in connection.execute(ALERTS, {**who, "ids": list(found)}):
            found[site_id].append({**site_message(Period.parse(period), Kind(kind)), "new": new})
        items = [
            {
                **dict(zip((*SITE, "alert_count"), row, strict=False)),
                "news": sum(one["new"] for one in found[row[0]]),
                "messages": found[row[0]],
            }
            for row in rows
        ]
        return answer(items, rows[0][-1])

    app.extensions["close"] = connection.close
    return app

"""The digest of the DSN alerts: one a person and working day, for all the sites whose DSN he may see."""

from datetime import date, datetime, time, timedelta
from typing import Any

from backbone.clock import PARIS
from backbone.ids import new_id
from contracts.words.preferences import Subject
from services.notification.domain.digest import Digest, Site
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "recapitulatif_dsn",
    None,
    Urgency.COPY,
    "who holds « Mes déclarations nominatives » or « Mes déclarations de salaires » (decision 46)",
    "{chemin}",
    stops=Subject.DSN_ALERTS,
)


def order(reader: Any, digest: Digest, day: date) -> Order:
    """To `reader` (account_id, email, prenom), of no use any more when the day is over: the next one says it again."""
    midnight = datetime.combine(day + timedelta(days=1), time(), PARIS)
    context = {"account_id": str(reader.account_id), "lecteur": reader.prenom or "", **said(digest)}
    return Order(new_id(), KIND, reader.email, context, expires_at=midnight)


def said(digest: Digest) -> dict[str, Any]:
    """What the words are given of it. The button leads to the Suivi DSN of the one site, or to the list of those with
    alerts, each of which leads to its own."""
    one = digest.sites[0].alert if len(digest.sites) == 1 and not digest.more else None
    return {
        "raison_sociale": digest.companies[0],
        "autres_entreprises": len(digest.companies) - 1,
        "alertes": digest.alerts,
        "sites": [_site(site) for site in digest.sites],
        "autres_sites": digest.more,
        "chemin": f"/espace/{one.adherent_id}/{one.site_id}/suivi-dsn" if one else "/choix?alertes=1",
    }


def _site(site: Site) -> dict[str, Any]:
    return {
        "entreprise": site.alert.raison_sociale,
        "nom": site.alert.nom,
        "siret": site.alert.siret,
        "lignes": [
            {"message": alert.message, "motif": reason.value, "depuis": alert.opened_on.isoformat()}
            for alert, reason in site.lines
        ],
        "autres": site.more,
    }

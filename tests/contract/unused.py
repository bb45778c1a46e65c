"""What the services serve and no page of the gateway asks for or reads yet, each with its reason: the only list of it.

A line leaves when a page reads it (the test says so); a new one is a decision, and « it was there » is no reason.
"""

KEPT = "A message keeps what was true the day it was sent; who wrote it may have it, the page shows what he wrote."
WORDS = "`changes` says in words what these say to programs."
PROSE = "The page shows its own sentence, the same whatever the answer (M2); other programs show this one."
DETAILS = "`statut_detail` says in words what these say to programs."
ALERT = "The page shows the sentence of the same place in `messages`, which says it in the guide's words."
CARE = "The page of a month tells its alert as a line of Suivi DSN does; of the alert itself it tells who takes care."
PAST = "The time-line of its month tells it to people; this tells support, with actor and proof."
FORMER = "The gateway of the version before names people so."
LIFE = "The gateway asks for a token for each page and never keeps one; a program that does needs its life."

READ_BY_NOBODY: dict[str, str] = {
    **{
        f"contact.Message.{name}": KEPT
        for name in ("adherent_id", "nom", "prenom", "email", "telephone_fixe", "telephone_mobile")
    },
    "contact.Sent.reference": "The receipt shows it, read again with the message.",
    **{
        f"delegation.Adherent.{name}": "The line itself says the company; a program gets it whole."
        for name in ("adherent_id", "identifiant", "raison_sociale", "siren")
    },
    "delegation.AdherentCard.caisse": "The same company as programs know it, in all answers.",
    "delegation.AdherentCard.siren": "The same company as programs know it, in all answers.",
    "delegation.DelegationId": "The list is shown after an opening; a program goes on with the id.",
    "delegation.ProfileId": "the page shows the form again: who keeps it by a program needs its id",
    "delegation.DelegationDetail.kind": "Chosen once, at the opening; the page shows `role`.",
    "delegation.DelegationItem.version": "An act opens the delegation first and names the version of that page.",
    **{
        f"delegation.Invitation.{name}": DETAILS
        for name in ("sent_at", "failed_at", "opened_at", "expires_at", "next_at", "waits_for")
    },
    "delegation.JournalChange.field": WORDS,
    "delegation.JournalEntry.scope": WORDS,
    "dsn.Site.messages": "A page asks for a site's when its bubble is opened; a program reads them with the list.",
    **{f"dsn.OpenAlert.{name}": ALERT for name in ("kind", "label", "opened_at", "status")},
    **{
        f"dsn.Alert.{name}": CARE for name in ("alert_id", "kind", "label", "opened_at", "periode", "status", "version")
    },
    "dsn.BoardAlert.kind": "`label` says in words what this says to programs.",
    "identity.Account.account_id": "Another service whose projection is too old reads whose session lives by it.",
    "identity.Pending.kind": "What is offered is said by the mail; the page shows role and dates.",
    "identity.ExchangeAnswer.expires_in": LIFE,
    "identity.LoginAnswer.expires_in": LIFE,
    "identity.LoginAnswer.session_expires_at": "The next page reads it with its token.",
    "identity.Masked": "« Mon compte » shows the number itself, which it knows; a program may not.",
    "identity.Message": PROSE,
}

ROUTES_OF_NO_PAGE: dict[str, str] = {
    "delegation GET /v1/adherents/{adherent_id}/people/{person_id}": FORMER,
    "dsn GET /v1/alerts/{alert_id}": PAST,
}

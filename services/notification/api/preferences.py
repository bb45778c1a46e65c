"""« Mes préférences »: what I am written about and how often; and the link in a mail that stops such mails."""

from typing import Any
from uuid import UUID

from backbone.errors import NotSignedIn
from backbone.web import blueprint, perform, principal, public, query, signed_in
from contracts.words.preferences import Rhythm, Subject
from services.notification.api.schemas import (
    PreferencesArgs,
    PreferencesSchema,
    StoppedSchema,
    StopSchema,
    WantedSchema,
)
from services.notification.queries.my_preferences import my_preferences
from services.notification.queries.stopped_mails import stopped_mails
from services.notification.use_cases.choose_preferences import ChoosePreferences, choose_preferences
from services.notification.use_cases.stop_mails import StopMails, stop_mails

blp = blueprint("preferences")


def _me() -> UUID:
    """The person, on a route that lets only persons in."""
    account_id = principal().account_id
    if account_id is None:
        raise NotSignedIn
    return account_id


@blp.get("/preferences")
@signed_in
@blp.arguments(PreferencesArgs, location="query")
@blp.response(200, PreferencesSchema)
def get_preferences(args: dict[str, Any]) -> Any:
    """What I chose for an adhérent, or for all. 404 for one that is not open to me."""
    return query(my_preferences, account_id=_me(), **args)


@blp.put("/preferences")
@signed_in
@blp.arguments(PreferencesArgs, location="query")
@blp.arguments(WantedSchema)
@blp.response(204)
def choose(args: dict[str, Any], body: dict[str, Any]) -> None:
    """Choose for an adhérent, or for all, which takes the place of what was chosen for each. 404."""
    rhythms = {subject: Rhythm(body[subject.value]) for subject in Subject}
    perform(choose_preferences, ChoosePreferences(_me(), args["adherent_id"], rhythms))


@blp.post("/preferences/stops/lookup")
@public
@blp.arguments(StopSchema)
@blp.response(200, StoppedSchema)
def look_up(body: dict[str, Any]) -> Any:
    """What the link of a mail stops, and whether it is stopped. 410."""
    return query(stopped_mails, token=body["token"])


@blp.post("/preferences/stops")
@public
@blp.arguments(StopSchema)
@blp.response(204)
def stop(body: dict[str, Any]) -> None:
    """Stop the mails of the link, for all adhérents; again is harmless. 410."""
    perform(stop_mails, StopMails(body["token"]))

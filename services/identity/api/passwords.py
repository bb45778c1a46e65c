"""« Mot de passe oublié ? » (G57)."""

from typing import Any

from backbone.web import blueprint, perform, public, query
from contracts.words.messages import M2
from services.identity.api.proving import client_address
from services.identity.api.schemas import EmailSchema, EmailShownSchema, MessageSchema, ResetSchema, TokenSchema
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.queries.reset import reset
from services.identity.use_cases.ask_reset import AskReset, ask_reset
from services.identity.use_cases.reset_password import ResetPassword, reset_password

blp = blueprint("password-resets")


@blp.post("/password-resets")
@public
@blp.arguments(EmailSchema)
@blp.response(202, MessageSchema)
def ask(body: dict[str, Any]) -> Any:
    """Ask for a link; the answer never tells whether there is an account (M2, AA4)."""
    perform(ask_reset, AskReset(body["email"], client_address()))
    return {"message": M2.sentence}


@blp.post("/password-resets/lookup")
@public
@blp.arguments(TokenSchema)
@blp.response(200, EmailShownSchema)
def look_up(body: dict[str, Any]) -> Any:
    """Whose password the link replaces; nothing is consumed."""
    return query(reset, token=body["token"])


@blp.post("/password-resets/complete")
@public
@blp.arguments(ResetSchema)
@blp.response(204)
def complete(body: dict[str, Any]) -> None:
    """Choose a new password; the link is used and every session ends."""
    chosen = ChosenPassword(body["mot_de_passe"], body["confirmation"])
    perform(reset_password, ResetPassword(body["token"], chosen))

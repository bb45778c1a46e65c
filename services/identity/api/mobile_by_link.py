"""« Certifier » on the page that completes an account (G50): who has no session yet proves himself by the link."""

from typing import Any

from backbone.web import blueprint, perform, public
from services.identity.api.proving import client_address
from services.identity.api.schemas import CodeSchema, MaskedSchema, TokenSchema, detail
from services.identity.domain.refusals import CodeRefused
from services.identity.use_cases.certify_by_link import CertifyByLink, certify_by_link
from services.identity.use_cases.send_code_by_link import SendCodeByLink, send_code_by_link

blp = blueprint("mobile_by_link")


class MobileByLinkSchema(TokenSchema):
    """The link, and the number that was typed."""

    telephone_mobile = detail(required=True)


class CodeByLinkSchema(TokenSchema, CodeSchema):
    """The link, and the code that it sent."""


@blp.post("/invitations/mobile/code")
@public
@blp.arguments(MobileByLinkSchema)
@blp.response(202, MaskedSchema)
def send_a_code(body: dict[str, Any]) -> Any:
    """Send a code to the number typed on the page (G50, C5); nothing of the link is used."""
    return perform(send_code_by_link, SendCodeByLink(**body, address=client_address()))


@blp.post("/invitations/mobile/certification")
@public
@blp.arguments(CodeByLinkSchema)
@blp.response(204)
def certify(body: dict[str, Any]) -> None:
    """Certify that number for the account to come. The try is kept when the code is wrong (M13)."""
    answered = perform(certify_by_link, CertifyByLink(**body))
    if not answered["certified"]:
        raise CodeRefused(answered["left"])

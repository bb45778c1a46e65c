"""Every route says who may enter; what is open to all is a short list, and growing it is a decision."""

import pytest
from flask import Flask

from backbone.testing import Believing, ServiceUnderTest
from backbone.web import blueprint, entry_of, make_api, signed_in
from contracts.words.services import PEOPLE, SCOPES

PUBLIC = {
    "identity": {
        "/v1/sessions",
        "/v1/sessions/token",
        "/v1/sessions/rotate",
        "/v1/sessions/reauthenticate",
        "/v1/sessions/end",
        "/v1/invitations/lookup",
        "/v1/invitations/complete",
        "/v1/invitations/accept",
        "/v1/invitations/renew",
        "/v1/invitations/mobile/code",
        "/v1/invitations/mobile/certification",
        "/v1/password-resets",
        "/v1/password-resets/lookup",
        "/v1/password-resets/complete",
        "/v1/identifier-changes/asked",
        "/v1/identifier-changes/activation/lookup",
        "/v1/identifier-changes/activation",
        "/v1/identifier-changes/undo/lookup",
        "/v1/identifier-changes/undo",
        "/v1/certifications/lookup",
        "/v1/certifications/complete",
        "/v1/certifications/renew",
        "/v1/token",
        "/v1/jwks.json",
    },
    "delegation": {"/v1/attestations/verification"},
    "notification": {"/v1/preferences/stops", "/v1/preferences/stops/lookup"},
    "contact": {"/v1/dossiers/lookup", "/v1/dossiers/files/<uuid:file_id>"},
}
NOT_PAGES = {"static", "openapi", "api-docs"}


def test_every_route_says_who_may_enter(under: ServiceUnderTest) -> None:
    for rule in under.app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in NOT_PAGES:
            entry = entry_of(under.app.view_functions[rule.endpoint])
            assert entry and entry.kind, f"{under.service.name} {rule}: public, signed_in or machine(scope)?"
            asked = SCOPES.get(entry.scope) if entry.kind == "machine" else under.service.name
            assert asked == under.service.name, f"{rule}: contracts/words/services.py must say {entry.scope} is for it."
            assert entry.kind != "signed_in" or asked in PEOPLE, f"{rule}: no person's token is for {asked}."


def test_what_is_public_is_meant_to_be(under: ServiceUnderTest) -> None:
    views = under.app.view_functions
    rules = [rule for rule in under.app.url_map.iter_rules() if entry_of(views[rule.endpoint])]
    public = {str(rule) for rule in rules if entry_of(views[rule.endpoint]).kind == "public"}  # type: ignore[union-attr]
    wanted = PUBLIC.get(under.service.name, set())
    assert public == wanted, "a public route decides alone whom it serves: list it in PUBLIC when it is right."


def test_a_get_changes_nothing_so_every_command_is_a_post_or_put(under: ServiceUnderTest) -> None:
    for rule in under.app.url_map.iter_rules():
        assert not {"DELETE", "PATCH"} & (rule.methods or set()), f"{rule}: closing is a POST, changing a PUT."


def test_a_service_with_a_silent_route_does_not_start(under: ServiceUnderTest) -> None:
    from dataclasses import replace

    silent = blueprint("silent")
    silent.get("/silent")(lambda: {})
    with pytest.raises(RuntimeError, match="who may enter"):
        make_api(replace(under.service, blueprints=[silent]), dict, Believing())
    said = blueprint("said")
    said.get("/said")(signed_in(lambda: {}))
    assert isinstance(make_api(replace(under.service, blueprints=[said]), dict, Believing()), Flask)


def test_every_page_says_who_may_enter() -> None:
    from gateway.app import build
    from gateway.settings import Settings

    app = build(Settings.of(secret_key="x" * 32))
    silent = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if "." in rule.endpoint and not getattr(app.view_functions[rule.endpoint], "who", None)
    ]
    assert not silent, f"{silent}: a page opens with a decorator that says who may enter (gateway/kit/access.py)."

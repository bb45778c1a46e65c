"""The HTTP way in, the same for every service: entry, commands, pages, versions, problems."""

from backbone.revocation import revoke_session
from backbone.web.api import blueprint, make_api
from backbone.web.commands import perform, query, service
from backbone.web.entry import accepts, entry_of, machine, principal, public, signed_in
from backbone.web.paging import VersionStale, etag, page_args, page_of, page_schema, require_version

__all__ = [
    "VersionStale",
    "accepts",
    "blueprint",
    "entry_of",
    "etag",
    "machine",
    "make_api",
    "page_args",
    "page_of",
    "page_schema",
    "perform",
    "principal",
    "public",
    "query",
    "require_version",
    "revoke_session",
    "service",
    "signed_in",
]

"""The HTTP way in, the same for every service: entry, commands, pages, versions, problems.

A field takes its messages when it is made, so French comes before the first schema of a service does.
"""

from backbone import french
from backbone.rights.revocation import revoke_session
from backbone.web.api import api_document, blueprint, make_api
from backbone.web.commands import bound, perform, query, repeated, service
from backbone.web.entry import accepts, entry_of, machine, person, principal, public, signed_in
from backbone.web.paging import PlainInt, VersionStale, etag, page_args, page_of, page_schema, require_version
from backbone.web.uses import note_use

french.install()

__all__ = [
    "PlainInt",
    "VersionStale",
    "accepts",
    "api_document",
    "blueprint",
    "bound",
    "entry_of",
    "etag",
    "machine",
    "make_api",
    "note_use",
    "page_args",
    "page_of",
    "page_schema",
    "perform",
    "person",
    "principal",
    "public",
    "query",
    "repeated",
    "require_version",
    "revoke_session",
    "service",
    "signed_in",
]

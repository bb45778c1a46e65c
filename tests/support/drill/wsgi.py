"""The API of the maker, for gunicorn."""

from backbone.testing import Believing, tokens
from backbone.web import make_api
from tests.support.drill.__main__ import load

app = make_api(load("maker"), tokens.jwks, Believing())

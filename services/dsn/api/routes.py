"""The one group that dsn documents its routes under, whichever file they are in."""

from backbone.web import blueprint

blp = blueprint("dsn")

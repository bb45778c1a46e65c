"""The rules of identity, pure: standard library and `backbone.errors` alone."""

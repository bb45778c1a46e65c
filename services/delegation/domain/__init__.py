"""The rules of delegation, pure: the standard library and `backbone.errors` alone."""

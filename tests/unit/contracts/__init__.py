"""The rules that several programs share."""

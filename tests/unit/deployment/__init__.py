"""Secrets, broker accounts and database roles."""
